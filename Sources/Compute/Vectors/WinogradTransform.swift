/// The one-dimensional transforms of Winograd's F(4, 3): four outputs of a three-tap kernel from six products.
///
/// y = A^T ((G g) * (B^T d)), the matrices of Toom and Cook for the points 0, a, -a, b, -b and infinity (Lavin and
/// Gray, "Fast algorithms for convolutional neural networks", 2016; Blahut, "Fast algorithms for signal processing",
/// ch. 5). Reciprocal points keep the error small (Barabasz et al., "Error analysis and improving the accuracy of
/// Winograd convolution for deep neural networks", 2020). With a b = 1 the coefficients are those below.
@usableFromInline package enum WinogradTransform {
    /// Outputs of a tile along an axis, and the inputs that they see.
    @inlinable package static var outputs: Int { 4 }
    @inlinable package static var inputs: Int { 6 }

    @inlinable package static var a: Double { 2.0 / 3.0 }
    @inlinable package static var b: Double { 3.0 / 2.0 }

    /// B^T d: the coefficients are those of the product of (x - q) over all points q but one.
    @inlinable @inline(__always)
    package static func input<V: FloatVector>(_ d0: V, _ d1: V, _ d2: V, _ d3: V, _ d4: V, _ d5: V) -> (
        V, V, V, V, V, V
    ) {
        let (a, b) = (V(broadcasting: Float(Self.a)), V(broadcasting: Float(Self.b)))
        let (minusA, minusB) = (V(broadcasting: Float(-Self.a)), V(broadcasting: Float(-Self.b)))
        let (minusA2, minusB2) = (V(broadcasting: Float(-Self.a * Self.a)), V(broadcasting: Float(-Self.b * Self.b)))
        let sum = V(broadcasting: Float(-Self.a * Self.a - Self.b * Self.b))
        let (evenA, oddA) = (d2.multiplyAdd(minusB2, d4), d1.multiplyAdd(minusB, d3.multiplied(by: a)))
        let (evenB, oddB) = (d2.multiplyAdd(minusA2, d4), d1.multiplyAdd(minusA, d3.multiplied(by: b)))
        return (
            d2.multiplyAdd(sum, d4.adding(d0)),
            evenA.adding(oddA), evenA.subtracting(oddA),
            evenB.adding(oddB), evenB.subtracting(oddB),
            d3.multiplyAdd(sum, d5.adding(d1))
        )
    }

    /// A^T m: the coefficients are powers of the points.
    @inlinable @inline(__always)
    package static func output<V: FloatVector>(_ m0: V, _ m1: V, _ m2: V, _ m3: V, _ m4: V, _ m5: V) -> (V, V, V, V) {
        let (a, b) = (V(broadcasting: Float(Self.a)), V(broadcasting: Float(Self.b)))
        let (a2, b2) = (V(broadcasting: Float(Self.a * Self.a)), V(broadcasting: Float(Self.b * Self.b)))
        let a3 = V(broadcasting: Float(Self.a * Self.a * Self.a))
        let b3 = V(broadcasting: Float(Self.b * Self.b * Self.b))
        let (evenA, oddA) = (m1.adding(m2), m1.subtracting(m2))
        let (evenB, oddB) = (m3.adding(m4), m3.subtracting(m4))
        return (
            m0.adding(evenA.adding(evenB)),
            oddB.multiplyAdd(b, oddA.multiplied(by: a)),
            evenB.multiplyAdd(b2, evenA.multiplied(by: a2)),
            oddB.multiplyAdd(b3, oddA.multiplyAdd(a3, m5))
        )
    }

    /// G g: the kernel's value at each point, divided by the product of the point's distances to the others.
    package static func kernel(_ g0: Double, _ g1: Double, _ g2: Double) -> [Double] {
        let points = [0, a, -a, b, -b]
        return points.map { p in
            let distances = points.filter { $0 != p }.reduce(1) { $0 * (p - $1) }
            return (g0 + p * (g1 + p * g2)) / distances
        } + [g2]
    }

    /// The factor by which the rounding error may exceed that of the direct sum, in two dimensions.
    ///
    /// If errors were independent, the variance of output o would be that of the direct sum times
    /// sum over i of A[i, o]^2 |G[i]|^2 |B[i]|^2 / 3 in each dimension: at most 7.1 for these points, rounded up.
    package static let errorGrowth = 8.0
}

import Mutants

/// Rows that are normalised one by one: y = (x - mean) / sqrt(mean of (x - mean)^2 + epsilon) weight + bias if they are
/// centred, else y = x / sqrt(mean of x^2 + epsilon) weight.
@usableFromInline package struct NormRows {
    @usableFromInline package let count: Int
    @usableFromInline package let features: Int
    /// [count, features]
    @usableFromInline package let x: UnsafePointer<Float>
    @usableFromInline package let y: UnsafeMutablePointer<Float>
    /// [features]
    @usableFromInline package let weight: UnsafePointer<Float>
    /// [features]; nil if the rows are not centred.
    @usableFromInline package let bias: UnsafePointer<Float>?
    @usableFromInline package let epsilon: Float

    @inlinable package init(
        count: Int, features: Int, x: UnsafePointer<Float>, y: UnsafeMutablePointer<Float>,
        weight: UnsafePointer<Float>, bias: UnsafePointer<Float>?, epsilon: Float
    ) {
        self.count = count
        self.features = features
        self.x = x
        self.y = y
        self.weight = weight
        self.bias = bias
        self.epsilon = epsilon
    }

    /// The factor that makes the mean square of the deviations 1, up to epsilon.
    @inlinable @inline(__always) package func scale(squares: Float) -> Float {
        1 / (squares / Float(features) + (planted(.normEpsilon) ? 0 : epsilon)).squareRoot()
    }
}

extension Microkernels {
    /// Normalises row by row. The passes over a row stay in the nearest cache.
    @inlinable @inline(never)
    package static func normalise(_ rows: NormRows) {
        if let bias = rows.bias {
            normaliseCentred(rows, bias)
        } else {
            normaliseScaled(rows)
        }
    }

    /// The mean is stored as `origin + offset`, where origin is an element of the row. Differences from an element near
    /// the mean are exact or nearly so. So deviations are accurate even if all elements are close to each other and far
    /// from 0, and 0 if they are equal. (Shifted data: Chan, Golub and LeVeque, "Algorithms for computing the sample
    /// variance", 1983.)
    @inlinable @inline(__always)
    package static func normaliseCentred(_ rows: NormRows, _ bias: UnsafePointer<Float>) {
        let cut = RowVectors<V>(count: rows.features)
        let (endWeight, endBias) = (cut.end(of: rows.weight), cut.end(of: bias))
        for row in 0..<rows.count {
            let (source, target) = (rows.x + row * rows.features, rows.y + row * rows.features)
            let origin = V(broadcasting: source[0])
            let difference = cut.sum(source, of: Difference(origin: origin))
            let offset = V(broadcasting: difference / Float(rows.features + slip(.normMean)))
            let deviation = SquaredDeviation(origin: origin, offset: offset)
            let scale = V(broadcasting: rows.scale(squares: cut.sum(source, of: deviation)))
            var i = 0
            while i < cut.whole {
                deviation.of(V(loading: source + i)).multiplied(by: scale)
                    .multiplyAdd(V(loading: rows.weight + i), V(loading: bias + i)).store(to: target + i)
                i += V.lanes
            }
            guard cut.hasEnd else { continue }
            let normal = deviation.of(cut.end(of: source)).multiplied(by: scale)
            cut.store(normal.multiplyAdd(endWeight, planted(.normTail) ? .zero : endBias), toEndOf: target)
        }
    }

    /// The same without a mean.
    @inlinable @inline(__always)
    package static func normaliseScaled(_ rows: NormRows) {
        let cut = RowVectors<V>(count: rows.features)
        let endWeight = cut.end(of: rows.weight)
        for row in 0..<rows.count {
            let (source, target) = (rows.x + row * rows.features, rows.y + row * rows.features)
            let scale = V(broadcasting: rows.scale(squares: cut.sum(source, of: Square())))
            var i = 0
            while i < cut.whole {
                V(loading: source + i).multiplied(by: scale).multiplied(by: V(loading: rows.weight + i))
                    .store(to: target + i)
                i += V.lanes
            }
            guard cut.hasEnd else { continue }
            let normal = cut.end(of: source).multiplied(by: scale)
            cut.store(planted(.rmsTail) ? normal : normal.multiplied(by: endWeight), toEndOf: target)
        }
    }
}

@usableFromInline package struct Difference<V: FloatVector>: RowTerm {
    @usableFromInline let origin: V
    @inlinable @inline(__always) package init(origin: V) { self.origin = origin }
    @inlinable @inline(__always)
    package func added(_ x: V, to sum: V) -> V { sum.adding(x.subtracting(origin)) }
}

@usableFromInline package struct SquaredDeviation<V: FloatVector>: RowTerm {
    @usableFromInline let origin: V
    @usableFromInline let offset: V

    @inlinable @inline(__always) package init(origin: V, offset: V) {
        self.origin = origin
        self.offset = offset
    }

    /// The deviation itself.
    @inlinable @inline(__always) package func of(_ x: V) -> V { x.subtracting(origin).subtracting(offset) }

    @inlinable @inline(__always)
    package func added(_ x: V, to sum: V) -> V {
        let deviation = of(x)
        return deviation.multiplyAdd(deviation, sum)
    }
}

@usableFromInline package struct Square<V: FloatVector>: RowTerm {
    @inlinable @inline(__always) package init() {}
    @inlinable @inline(__always) package func added(_ x: V, to sum: V) -> V { x.multiplyAdd(x, sum) }
}

/// Sums and maxima over contiguous elements, in sixteen lanes: the compiler may not reorder such a loop by itself.
enum Lanes {
    typealias Vector = SIMD16<Float>

    /// The largest of the elements, -infinity if there are none. NaN is ignored.
    static func maximum(_ elements: UnsafePointer<Float>, count: Int) -> Float {
        var lanes = Vector(repeating: -.infinity)
        let whole = count & ~(Vector.scalarCount - 1)
        for i in stride(from: 0, to: whole, by: Vector.scalarCount) {
            let next = Vector(at: elements + i)
            lanes.replace(with: next, where: next .> lanes)
        }
        var largest = lanes.max()
        for i in whole..<count where elements[i] > largest { largest = elements[i] }
        return largest
    }

    /// The sum of the elements, in `Float`.
    @inline(__always)
    static func sum(_ elements: UnsafePointer<Float>, count: Int) -> Float {
        var lanes = Vector(repeating: 0)
        let whole = count & ~(Vector.scalarCount - 1)
        for i in stride(from: 0, to: whole, by: Vector.scalarCount) { lanes += Vector(at: elements + i) }
        var total = lanes.sum()
        for i in whole..<count { total += elements[i] }
        return total
    }

    /// The sum of the squares of the elements, in `Float`.
    @inline(__always)
    static func squares(_ elements: UnsafePointer<Float>, count: Int) -> Float {
        var lanes = Vector(repeating: 0)
        let whole = count & ~(Vector.scalarCount - 1)
        for i in stride(from: 0, to: whole, by: Vector.scalarCount) {
            let next = Vector(at: elements + i)
            lanes += next * next
        }
        var total = lanes.sum()
        for i in whole..<count { total += elements[i] * elements[i] }
        return total
    }
}

/// The squared distance of two points, in `Double`: it decides what is near. Coordinate after coordinate, each operation
/// rounded by itself, so that every implementation gets the same number.
@inline(__always)
func exactDistance(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ dimensions: Int) -> Double {
    var sum = 0.0
    for c in 0..<dimensions {
        let difference = Double(a[c]) - Double(b[c])
        sum += difference * difference
    }
    return sum
}

/// How far a squared distance that is summed in `Float` may be from the one in `Double`.
///
/// The terms are positive, so the sum of d squares of rounded differences is wrong by at most (d + 2) 2^-24 of itself, in
/// whatever order it is summed (Higham, Accuracy and Stability, 3.1), beside what is lost below the least normal number.
/// Both are taken several times as large as they are.
struct DistanceMargin {
    private let relative: Float
    private let absolute: Float

    init(dimensions: Int) {
        relative = 4 * Float(dimensions + 8) * 0x1p-23
        absolute = Float(dimensions) * 0x1p-120
    }

    /// What the distances in `Float` of all pairs that are not farther apart are at most: infinity if that is too large.
    func above(_ distance: Float) -> Float { distance + distance * relative + absolute }

    /// What the distances in `Float` of all pairs that are not nearer are at least.
    func below(_ distance: Float) -> Float {
        let finite = min(distance, .greatestFiniteMagnitude)
        return finite - finite * relative - absolute
    }
}

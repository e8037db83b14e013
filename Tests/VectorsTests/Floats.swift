import Testing

/// Floats between margins that nobody may write to, aligned to a cache line.
final class Floats {
    private static let margin = 64
    private static let untouched: Float = -12345
    private let all: UnsafeMutablePointer<Float>
    let count: Int

    init(_ values: [Float]) {
        count = values.count
        let bytes = (count + 2 * Self.margin) * MemoryLayout<Float>.stride
        all = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64).assumingMemoryBound(to: Float.self)
        all.initialize(repeating: Self.untouched, count: count + 2 * Self.margin)
        start.update(from: values, count: count)
    }

    /// Elements that stand for "not written".
    convenience init(count: Int) { self.init([Float](repeating: .nan, count: count)) }

    deinit { all.deallocate() }

    var start: UnsafeMutablePointer<Float> { all + Self.margin }
    subscript(place: Int) -> Float { start[place] }

    var values: [Float] { (0..<count).map { start[$0] } }

    /// Checks every element, and that the margins are as they were.
    func expect(
        _ expected: [Double], within tolerance: Double = 2e-5, _ place: String = "",
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(expected.count == count, "\(place)", sourceLocation: sourceLocation)
        let wrong = zip(values, expected).enumerated().first { _, pair in
            let (value, wanted) = (Double(pair.0), pair.1)
            if wanted.isNaN || wanted.isInfinite {
                return !(value == wanted || (value.isNaN && wanted.isNaN))
            }
            return !(abs(value - wanted) <= tolerance * max(1, abs(wanted)))
        }
        #expect(wrong == nil, "\(place)", sourceLocation: sourceLocation)
        let margins = (0..<Self.margin).flatMap { [all[$0], start[count + $0]] }
        #expect(
            margins.allSatisfy { $0 == Self.untouched }, "\(place): beside",
            sourceLocation: sourceLocation)
    }
}

/// Numbers in -1 ..< 1, the same for the same seed.
func draws(_ count: Int, seed: UInt64 = 1) -> [Float] {
    (0..<UInt64(count)).map { index in
        var z = (index &+ seed &* 0x1_0000_0001) &* 0x9E37_79B9_7F4A_7C15
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        return Float((z ^ z >> 27) >> 40) * 0x1p-23 - 1
    }
}

/// Lengths on both sides of where vectors of so many lanes begin and end, one by one and four at a time.
func lengths(_ lanes: Int, from least: Int = 1) -> [Int] {
    let all = [
        1, 2, 3, lanes - 1, lanes, lanes + 1, 2 * lanes - 1, 2 * lanes, 3 * lanes + 2, 4 * lanes,
        9 * lanes + 3,
    ]
    return Set(all.filter { $0 >= least }).sorted()
}

/// The sum of so many products.
func dot(_ count: Int, _ a: (Int) -> Float, _ b: (Int) -> Float) -> Double {
    var sum = 0.0
    for i in 0..<count { sum += Double(a(i)) * Double(b(i)) }
    return sum
}

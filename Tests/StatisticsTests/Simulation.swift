import Glibc

/// SplitMix64: the same draws for the same seed, everywhere.
struct Generator {
    var state: UInt64

    mutating func uniform() -> Double {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ mixed >> 31) >> 11) * 0x1p-53
    }

    mutating func normal() -> Double { (-2 * log(1 - uniform())).squareRoot() * cos(2 * .pi * uniform()) }
}

/// Positive values as latencies are distributed.
enum Times: CaseIterable {
    case normal, lognormal, bimodal, outliers

    func draw(_ generator: inout Generator) -> Double {
        switch self {
        case .normal: 100 + 10 * generator.normal()
        case .lognormal: exp(generator.normal())
        // Three of five on the fast side: the median lies among them.
        case .bimodal: (generator.uniform() < 0.6 ? 100 : 130) + generator.normal()
        // One in ten takes up to five times as long.
        case .outliers: (100 + generator.normal()) * (generator.uniform() < 0.1 ? 1 + 4 * generator.uniform() : 1)
        }
    }

    func draw(_ count: Int, _ generator: inout Generator) -> [Double] { (0..<count).map { _ in draw(&generator) } }

    /// Logarithms of ratios of pairs whose second is `slowdown` times as slow: their median is its logarithm, since
    /// that of two independent draws of one distribution is as often above 0 as below.
    func pairs(_ count: Int, slowdown: Double = 1, _ generator: inout Generator) -> [Double] {
        (0..<count).map { _ in
            let first = draw(&generator)
            return log(slowdown * draw(&generator) / first)
        }
    }
}

/// How many of so many data sets hold something.
func count(of sets: Int, where holds: () throws -> Bool) rethrows -> Int {
    try (0..<sets).count { _ in try holds() }
}

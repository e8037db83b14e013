import Measurement

/// Work added to every call, to test whether a comparison finds it: steps of a recurrence that cannot be shortened.
///
/// The number of steps is fixed, not the time: on a slower machine they take longer, as real work would.
struct Burden {
    /// Steps per call.
    private let steps: Double

    /// As many steps as take this many seconds now.
    init(seconds: Double, clock: MonotonicClock) {
        let probe = 20_000
        var least = UInt64.max
        for _ in 0..<20 {
            let start = clock.now()
            Self.work(steps: probe)
            least = min(least, clock.since(start))
        }
        steps = seconds * 1e9 / Double(max(least, 1)) * Double(probe)
    }

    /// Does the added work of this many calls.
    func carry(calls: Int) { Self.work(steps: Int((steps * Double(calls)).rounded())) }

    /// Makes the optimizer believe that a value is needed.
    @inline(never) @_optimize(none) private static func keep(_ value: UInt64) {}

    /// xorshift (Marsaglia 2003): each step depends on the previous one.
    @inline(never) private static func work(steps: Int) {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        for _ in 0..<max(steps, 0) {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
        }
        keep(state)
    }
}

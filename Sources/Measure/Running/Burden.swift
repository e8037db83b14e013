import Measurement

/// Work that is added to every call, to see whether a comparison finds it: steps of a recurrence that nothing can shorten.
///
/// So many steps, and not so many seconds: on a machine that slows down they take longer, as more work would.
struct Burden {
    /// Steps a call.
    private let steps: Double

    /// As much work as takes so many seconds now.
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

    /// Does what so many calls are charged with.
    func carry(calls: Int) { Self.work(steps: Int((steps * Double(calls)).rounded())) }

    /// Has the optimizer believe that a value is needed.
    @inline(never) @_optimize(none) private static func keep(_ value: UInt64) {}

    /// xorshift (Marsaglia 2003): each step needs the one before.
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

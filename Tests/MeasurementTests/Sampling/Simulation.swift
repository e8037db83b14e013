import Glibc
import Measurement
import Results

/// A clock that stands still until it is moved.
final class SimulatedClock: Clock {
    private(set) var time: UInt64 = 1000
    let resolution: UInt64
    /// Times it was moved: calls of the body.
    private(set) var moves = 0

    init(resolution: UInt64 = 20) { self.resolution = resolution }

    func now() -> UInt64 { time }

    func move(by nanoseconds: Double) {
        time += UInt64(max(nanoseconds, 0))
        moves += 1
    }
}

extension Probes {
    /// Counters that grow by a known step at every reading: the CPU time by 25 us, the n-th of the others by n.
    static func simulated(throttling: Bool = false) -> Probes {
        let others: [Counter] = [.involuntarySwitches, .minorFaults, .majorFaults] + (throttling ? [.throttled] : [])
        let group = CounterGroup([.cpuShare] + others, metrics: []) { _ in
            var readings = 0.0
            return { values in
                readings += 1
                values[0] = readings * 25_000
                for index in others.indices { values[index + 1] = readings * Double(index + 1) }
            }
        }
        return Probes([group])
    }
}

/// Noise that is the same in every run.
struct Noise {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    /// Uniform in 0 ..< 1: the high bits of Knuth's linear congruential generator (MMIX), mixed.
    mutating func uniform() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let mixed = (state ^ state >> 33) &* 0xFF51_AFD7_ED55_8CCD
        return Double((mixed ^ mixed >> 33) >> 11) * 0x1p-53
    }

    /// Standard normal (Box and Muller).
    mutating func normal() -> Double {
        let radius = (-2 * log(1 - uniform())).squareRoot()
        return radius * cos(2 * .pi * uniform())
    }
}

extension SamplingOptions {
    /// The defaults with some changed.
    static func with(_ change: (inout SamplingOptions) -> Void) -> SamplingOptions {
        var options = SamplingOptions()
        change(&options)
        return options
    }
}

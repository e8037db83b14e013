/// Measures the time since it was made, by a clock that does not depend on the date.
package struct Stopwatch: Sendable {
    private let start = ContinuousClock.now

    package init() {}

    /// Seconds since it was made, at least 0.
    package var seconds: Double { start.duration(to: .now) / .seconds(1) }
}

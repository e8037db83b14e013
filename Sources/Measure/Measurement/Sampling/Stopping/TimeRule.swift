import Results

/// Stops when the time is over, even before the minimum number of samples is reached.
package struct TimeRule: StoppingRule {
    package let reason = Samples.Stop.time
    private let seconds: Double

    package init(_ seconds: Double) { self.seconds = seconds }

    package func isMet(by progress: SamplingProgress) -> Bool { progress.elapsed >= seconds }
}

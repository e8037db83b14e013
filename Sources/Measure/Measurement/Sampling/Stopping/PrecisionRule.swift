import Results
import Statistics

/// Stops when the interval of the median is narrow enough.
package struct PrecisionRule: StoppingRule {
    package let reason = Samples.Stop.precision
    private let relativeHalfWidth: Double

    package init(_ relativeHalfWidth: Double) { self.relativeHalfWidth = relativeHalfWidth }

    package func isMet(by progress: SamplingProgress) -> Bool {
        progress.interval.map { $0.relativeHalfWidth <= relativeHalfWidth } ?? false
    }
}

import Results

/// Stops after a number of samples.
package struct CountRule: StoppingRule {
    package let reason = Samples.Stop.count
    private let count: Int

    package init(_ count: Int) { self.count = count }

    package func isMet(by progress: SamplingProgress) -> Bool { progress.count >= count }
}

/// Samples of steps that run one after another, and of whole rounds.
package struct Rounds: Codable, Sendable, Hashable {
    /// Rounds without the clock between the steps.
    package var whole: Samples
    /// Samples per step: the n-th sample of each step is from the same round. Only `whole` has counters.
    package var steps: [Samples]

    package init(whole: Samples, steps: [Samples]) {
        self.whole = whole
        self.steps = steps
    }
}

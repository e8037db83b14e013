/// Samples of steps that run one after the other, and of all of them together.
package struct Rounds: Codable, Sendable, Hashable {
    /// Rounds without the clock between the steps.
    package var whole: Samples
    /// A column of samples a step: the n-th of each is from the same round. What the probes saw of a round stands at each
    /// of its steps.
    package var steps: [Samples]

    package init(whole: Samples, steps: [Samples]) {
        self.whole = whole
        self.steps = steps
    }
}

import Results

/// A network to verify and to time layer by layer.
package struct ProfileTask: Codable, Sendable {
    /// Of the case: whole, with one implementation.
    package var name: String
    package var seed: UInt64
    package var sampling: SamplingOptions
    /// The case has one thread: the process keeps the processor on which it began.
    package var staysOnOneProcessor = false
    /// What was verified before.
    package var known: KnownAnswer?
    /// Where outputs of references are kept; nil if each is to be computed.
    package var references: ReferenceFiles?

    package init(name: String, seed: UInt64, sampling: SamplingOptions) {
        self.name = name
        self.seed = seed
        self.sampling = sampling
    }
}

/// All that a worker learns of the layers of a case.
package struct Profiled: Codable, Sendable {
    package var answer: Answer
    package var preparation: Preparation
    /// A step a layer.
    package var rounds: Rounds
    /// The fingerprint of what was verified: see `KnownAnswer`. Nil from programs that do not say.
    package var outputs: UInt64?

    package init(answer: Answer, preparation: Preparation, rounds: Rounds, outputs: UInt64? = nil) {
        self.outputs = outputs
        self.answer = answer
        self.preparation = preparation
        self.rounds = rounds
    }
}

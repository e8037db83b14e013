import Results

/// A case to verify and measure.
package struct MeasureTask: Codable, Sendable {
    /// Whole, with one implementation.
    package var name: String
    package var seed: UInt64
    package var sampling: SamplingOptions
    /// Rotate operands through more memory than this many bytes of cache; nil leaves caches warm.
    package var coldBeyond: Int?
    /// The case has one thread: the process keeps the processor on which it began.
    package var staysOnOneProcessor = false
    /// Every thread keeps a processor of its own.
    package var pinsThreads = false
    /// What was verified before.
    package var known: KnownAnswer?
    /// Where outputs of references are kept; nil if each is to be computed.
    package var references: ReferenceFiles?
    /// The folder of the weights; nil if they are drawn.
    package var weights: String?

    package init(name: String, seed: UInt64, sampling: SamplingOptions, coldBeyond: Int? = nil) {
        self.name = name
        self.seed = seed
        self.sampling = sampling
        self.coldBeyond = coldBeyond
    }
}

/// All that a worker learns of a case.
package struct Measured: Codable, Sendable {
    package var answer: Answer
    package var preparation: Preparation
    package var samples: Samples
    /// Nil where other things were measured in the same process.
    package var memory: Memory?
    /// The fingerprint of what was verified: see `KnownAnswer`. Nil from programs that do not say.
    package var outputs: UInt64?
    /// How a network was run; nil for a kernel, and from programs that do not say.
    package var plan: RunPlan?

    package init(
        answer: Answer, preparation: Preparation, samples: Samples, memory: Memory?, outputs: UInt64? = nil,
        plan: RunPlan? = nil
    ) {
        self.plan = plan
        self.answer = answer
        self.outputs = outputs
        self.preparation = preparation
        self.samples = samples
        self.memory = memory
    }
}

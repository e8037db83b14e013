import Results

/// A case to verify and measure.
package struct MeasureTask: Codable, Sendable {
    /// The full name, with one implementation.
    package var name: String
    package var seed: UInt64
    package var sampling: SamplingOptions
    /// Rotate operands through more memory than this many bytes of cache; nil leaves caches warm.
    package var coldBeyond: Int?
    /// Whether the process is pinned to the processor on which it began; for cases with one thread.
    package var staysOnOneProcessor = false
    /// Whether each thread is pinned to its own processor.
    package var pinsThreads = false
    /// The answer that was verified before.
    package var known: KnownAnswer?
    /// Where reference outputs are kept; nil to compute each of them.
    package var references: ReferenceFiles?
    /// The folder of the weights; nil to draw them.
    package var weights: String?

    package init(name: String, seed: UInt64, sampling: SamplingOptions, coldBeyond: Int? = nil) {
        self.name = name
        self.seed = seed
        self.sampling = sampling
        self.coldBeyond = coldBeyond
    }
}

/// All that a worker finds out about a case.
package struct Measured: Codable, Sendable {
    package var answer: Answer
    package var preparation: Preparation
    package var samples: Samples
    /// Nil if other things were measured in the same process.
    package var memory: Memory?
    /// The fingerprint of the verified outputs: see `KnownAnswer`. Nil if the program does not report it.
    package var outputs: UInt64?
    /// The plan of a network; nil for a kernel, or if the program does not report it.
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

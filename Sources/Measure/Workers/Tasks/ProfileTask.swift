import Results
import Settings

/// A network to verify and to time layer by layer.
package struct ProfileTask: Codable, Sendable {
    /// The full name of the case, with one implementation.
    package var name: String
    package var seed: UInt64
    package var sampling: SamplingOptions
    /// Whether the process is pinned to the processor on which it began; for cases with one thread.
    package var staysOnOneProcessor = false
    /// The answer that was verified before.
    package var known: KnownAnswer?
    /// Where reference outputs are kept; nil to compute each of them.
    package var references: ReferenceFiles?
    /// The folder of the weights; nil to draw them.
    package var weights: String?

    package init(name: String, seed: UInt64, sampling: SamplingOptions) {
        self.name = name
        self.seed = seed
        self.sampling = sampling
    }
}

/// All that a worker finds out about the layers of a case.
package struct Profiled: Codable, Sendable {
    package var answer: Answer
    package var preparation: Preparation
    /// The rounds without the clock between layers.
    package var whole: Samples
    package var layers: [TimedLayer]
    /// The fingerprint of the verified outputs: see `KnownAnswer`. Nil if the program does not report it.
    package var outputs: UInt64?
    /// The plan of a network; nil for a kernel, or if the program does not report it.
    package var plan: RunPlan?

    package init(
        answer: Answer, preparation: Preparation, whole: Samples, layers: [TimedLayer], outputs: UInt64? = nil,
        plan: RunPlan? = nil
    ) {
        self.plan = plan
        self.outputs = outputs
        self.answer = answer
        self.preparation = preparation
        self.whole = whole
        self.layers = layers
    }
}

/// A layer as the worker ran it, with the time that it took in each round.
package struct TimedLayer: Codable, Sendable {
    /// The layer's name in the public model, with a number if several layers share it.
    package var label: String
    /// The kernel's name.
    package var name: String
    /// See `Record.parameters`; includes the variety and the shape.
    package var parameters: [String: String]
    package var setting: Setting
    package var costs: CountedCosts
    package var samples: Samples

    package init(
        label: String, name: String, parameters: [String: String], setting: Setting, costs: CountedCosts,
        samples: Samples
    ) {
        self.label = label
        self.name = name
        self.parameters = parameters
        self.setting = setting
        self.costs = costs
        self.samples = samples
    }
}

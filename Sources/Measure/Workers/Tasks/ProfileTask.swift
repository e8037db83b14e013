import Results
import Settings

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
    /// The folder of the weights; nil if they are drawn.
    package var weights: String?

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
    /// Of rounds without the clock between the layers.
    package var whole: Samples
    package var layers: [TimedLayer]
    /// The fingerprint of what was verified: see `KnownAnswer`. Nil from programs that do not say.
    package var outputs: UInt64?
    /// How a network was run; nil for a kernel, and from programs that do not say.
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

/// A layer as the worker ran it: what it is, and its share of each round.
package struct TimedLayer: Codable, Sendable {
    /// As the public model calls it, with a number if several have the same name.
    package var label: String
    /// The kernel's name.
    package var name: String
    /// See `Record.parameters`: with its variety and its shape.
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

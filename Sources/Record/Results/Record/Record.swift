import Platform
import Settings

/// The outcome of one case: a line of a run file. The properties of the setting are available on it too.
@dynamicMemberLookup
package struct Record: Sendable, Hashable {
    /// How a case ended.
    package enum Status: String, Codable, Sendable { case measured, skipped, failed }

    /// The canonical name: `matmul[...]/openblas/f32/t1`.
    package var `case`: String
    /// The label for people.
    package var label: String
    /// `kernel` or `model`; `layer` for a layer of a profiled case.
    package var kind: String
    /// The kernel's or model's name: `matmul`.
    package var name: String
    /// Every parameter by its word in suite files, and the shorthands used (`size`), as text: the axes of plots.
    package var parameters: [String: String]
    package var setting: Setting
    package var status: Status
    /// Why it was skipped or failed.
    package var failure: Failure?
    package var costs: CountedCosts
    package var answer: Answer?
    package var preparation: Preparation?
    /// The plan of a network; nil for a kernel, and in files without it.
    package var plan: RunPlan?
    package var samples: Samples?
    package var memory: Memory?
    package var process: ProcessUsage?
    /// UTC, ISO 8601.
    package var started: String
    /// From before the child was started until after it ended.
    package var wallSeconds: Double

    package init(
        case: String, label: String, kind: String, name: String, parameters: [String: String], setting: Setting,
        status: Status, failure: Failure? = nil, costs: CountedCosts, answer: Answer? = nil,
        preparation: Preparation? = nil, plan: RunPlan? = nil, samples: Samples? = nil, memory: Memory? = nil,
        process: ProcessUsage? = nil, started: String, wallSeconds: Double
    ) {
        self.case = `case`
        self.label = label
        self.kind = kind
        self.name = name
        self.parameters = parameters
        self.setting = setting
        self.status = status
        self.failure = failure
        self.costs = costs
        self.answer = answer
        self.preparation = preparation
        self.plan = plan
        self.samples = samples
        self.memory = memory
        self.process = process
        self.started = started
        self.wallSeconds = wallSeconds
    }

    package subscript<Part>(dynamicMember part: KeyPath<Setting, Part>) -> Part { setting[keyPath: part] }
}

extension Record: Codable {
    private enum CodingKeys: CodingKey {
        case `case`, label, kind, name, parameters, status, failure, costs, started, wallSeconds
        case answer, preparation, plan, samples, memory, process
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        // The fields of the setting are on the same level as the others.
        self.init(
            case: try values.decode(String.self, forKey: .case), label: try values.decode(String.self, forKey: .label),
            kind: try values.decode(String.self, forKey: .kind), name: try values.decode(String.self, forKey: .name),
            parameters: try values.decode([String: String].self, forKey: .parameters),
            setting: try Setting(from: decoder), status: try values.decode(Status.self, forKey: .status),
            failure: try values.decodeIfPresent(Failure.self, forKey: .failure),
            costs: try values.decode(CountedCosts.self, forKey: .costs),
            answer: try values.decodeIfPresent(Answer.self, forKey: .answer),
            preparation: try values.decodeIfPresent(Preparation.self, forKey: .preparation),
            plan: try values.decodeIfPresent(RunPlan.self, forKey: .plan),
            samples: try values.decodeIfPresent(Samples.self, forKey: .samples),
            memory: try values.decodeIfPresent(Memory.self, forKey: .memory),
            process: try values.decodeIfPresent(ProcessUsage.self, forKey: .process),
            started: try values.decode(String.self, forKey: .started),
            wallSeconds: try values.decode(Double.self, forKey: .wallSeconds))
    }

    package func encode(to encoder: any Encoder) throws {
        try setting.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(`case`, forKey: .case)
        try values.encode(label, forKey: .label)
        try values.encode(kind, forKey: .kind)
        try values.encode(name, forKey: .name)
        try values.encode(parameters, forKey: .parameters)
        try values.encode(status, forKey: .status)
        try values.encodeIfPresent(failure, forKey: .failure)
        try values.encode(costs, forKey: .costs)
        try values.encodeIfPresent(answer, forKey: .answer)
        try values.encodeIfPresent(preparation, forKey: .preparation)
        try values.encodeIfPresent(plan, forKey: .plan)
        try values.encodeIfPresent(samples, forKey: .samples)
        try values.encodeIfPresent(memory, forKey: .memory)
        try values.encodeIfPresent(process, forKey: .process)
        try values.encode(started, forKey: .started)
        try values.encode(wallSeconds, forKey: .wallSeconds)
    }
}

extension Record {
    /// The kind of a layer's record.
    package static let layerKind = "layer"
    /// The parameter that holds a layer's variety, which is finer than its kernel.
    package static let varietyWord = "variety"
    /// The parameter that holds a layer's shape in short.
    package static let shapeWord = "shape"
}

/// Why a case has no figures.
package struct Failure: Codable, Sendable, Hashable {
    package enum Kind: String, Codable, Sendable {
        /// The implementation does not compute this shape, or not on this many threads.
        case unsupported
        /// The answer differs from the reference.
        case disagrees
        /// The process was ended by a signal, or exited with an error code.
        case crashed
        case timeout
        /// More memory than the machine or the cgroup has, or the system killed the process for lack of memory.
        case memory
        /// Anything else, described in the message.
        case error
    }

    package var kind: Kind
    package var message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

/// Exact costs, counted from the shape.
package struct CountedCosts: Codable, Sendable, Hashable {
    package var macs: Int
    /// Operations that are not MACs, by kind.
    package var elementOperations: [String: Int]
    package var parameters: Int
    package var weightBytes: Int
    package var inputBytes: Int
    package var outputBytes: Int
    /// Multiply-adds that the implementation executes, if they differ from `macs`: Winograd's algorithm needs fewer,
    /// and a causal mask removes products.
    package var executedMACs: Int?
    /// Bytes of inputs on which no output depends; nil if there are none, and in files without it.
    package var unreadBytes: Int?

    package init(
        macs: Int, elementOperations: [String: Int], parameters: Int, weightBytes: Int, inputBytes: Int,
        outputBytes: Int, executedMACs: Int? = nil, unreadBytes: Int? = nil
    ) {
        self.macs = macs
        self.elementOperations = elementOperations
        self.parameters = parameters
        self.weightBytes = weightBytes
        self.inputBytes = inputBytes
        self.outputBytes = outputBytes
        self.executedMACs = executedMACs
        self.unreadBytes = unreadBytes
    }

    /// Two per MAC.
    package var flops: Int { 2 * macs }
    /// Two per executed MAC. The roofline uses them.
    package var executedFLOPs: Int { 2 * (executedMACs ?? macs) }
    /// FLOPs plus the operations that are not MACs.
    package var operations: Int { flops + elementOperations.values.reduce(0, +) }
    /// The same with executed MACs.
    package var executedOperations: Int { operations - flops + executedFLOPs }
    package var operandBytes: Int { inputBytes + outputBytes }
    /// Bytes moved if every operand is written once, or the part of it on which outputs depend is read once.
    package var leastTraffic: Int { weightBytes + operandBytes - (unreadBytes ?? 0) }
}

/// The error of an answer.
package struct Answer: Codable, Sendable, Hashable {
    /// The largest error of an output element: see Workloads' `Tolerance`.
    package var error: Double
    package var tolerance: Double
    package var reductionLength: Int
    /// The layer of a network that uses most of its tolerance; the error is that of this layer. Nil for a kernel.
    package var layer: String?
    /// When it was verified, if that was before this run: the outputs are bit for bit the same. UTC, ISO 8601.
    package var verified: String?
    /// Seconds spent on verifying in this run, including the reference; nil in files without it.
    package var seconds: Double?

    package init(error: Double, tolerance: Double, reductionLength: Int, layer: String? = nil) {
        self.error = error
        self.tolerance = tolerance
        self.reductionLength = reductionLength
        self.layer = layer
    }

    /// The error / the tolerance.
    package var share: Double { tolerance > 0 ? error / tolerance : error > 0 ? .infinity : 0 }
}

/// The cost of preparing an implementation.
package struct Preparation: Codable, Sendable, Hashable {
    package var seconds: Double
    package var packedBytes: Int
    package var workspaceBytes: Int
    /// Bytes of the feature maps between the layers of a network; nil for a kernel.
    package var activationBytes: Int?

    package init(seconds: Double, packedBytes: Int, workspaceBytes: Int, activationBytes: Int? = nil) {
        self.seconds = seconds
        self.packedBytes = packedBytes
        self.workspaceBytes = workspaceBytes
        self.activationBytes = activationBytes
    }
}

/// Memory of the measuring process: resident bytes, and the number of allocations.
package struct Memory: Codable, Sendable, Hashable {
    /// Before operands were allocated: the program alone.
    package var baseline: Int
    /// The high-water mark while preparing and timing, when the reference's memory is already freed.
    package var peak: Int
    /// The number of allocations per call; nil if it was not counted.
    package var allocations: Int?
    /// The high-water mark of the process from start to end, including the reference if it was computed. Nil in files
    /// without it.
    package var wholePeak: Int?

    package init(baseline: Int, peak: Int, allocations: Int? = nil, wholePeak: Int? = nil) {
        self.baseline = baseline
        self.peak = peak
        self.allocations = allocations
        self.wholePeak = wholePeak
    }
}

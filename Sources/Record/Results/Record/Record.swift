import Platform
import Settings

/// The outcome of one case: a line of a run file. It has the properties of its setting too.
@dynamicMemberLookup
package struct Record: Sendable, Hashable {
    /// How a case ended.
    package enum Status: String, Codable, Sendable { case measured, skipped, failed }

    /// The canonical name: `matmul[...]/openblas/f32/t1`.
    package var `case`: String
    /// For people.
    package var label: String
    /// `kernel` or `model`, or `layer` of one that was profiled.
    package var kind: String
    /// The kernel's or model's name: `matmul`.
    package var name: String
    /// Every parameter by its word in suite files, and the shorthands that were used (`size`), as text: the axes of plots.
    package var parameters: [String: String]
    package var setting: Setting
    package var status: Status
    /// Why it was skipped or failed.
    package var failure: Failure?
    package var costs: CountedCosts
    package var answer: Answer?
    package var preparation: Preparation?
    /// How a network was run; nil for a kernel, and in files that do not say.
    package var plan: RunPlan?
    package var samples: Samples?
    package var memory: Memory?
    package var process: ProcessUsage?
    /// UTC, ISO 8601.
    package var started: String
    /// From before the child was started until it had ended.
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
        // The parts of the setting stand among the others.
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
    /// Among the parameters of a layer: what kind of layer it is, finer than its kernel.
    package static let varietyWord = "variety"
    /// Among the parameters of a layer: its shape in short.
    package static let shapeWord = "shape"
}

/// Why a case has no figures.
package struct Failure: Codable, Sendable, Hashable {
    package enum Kind: String, Codable, Sendable {
        /// The implementation does not compute this shape, or not on so many threads.
        case unsupported
        /// The answer differs from the reference.
        case disagrees
        /// The process was ended by a signal, or left with a code of its own.
        case crashed
        case timeout
        /// More memory than the machine or the cgroup has, or the system ended the process for want of it.
        case memory
        /// Anything else, said in the message.
        case error
    }

    package var kind: Kind
    package var message: String

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }
}

/// Costs as counted from the shape: exact.
package struct CountedCosts: Codable, Sendable, Hashable {
    package var macs: Int
    /// Operations that are not MACs, by kind.
    package var elementOperations: [String: Int]
    package var parameters: Int
    package var weightBytes: Int
    package var inputBytes: Int
    package var outputBytes: Int
    /// Multiply-adds that the implementation does, if they are not `macs`: Winograd's algorithm does fewer, and a causal
    /// mask takes products away.
    package var executedMACs: Int?
    /// Bytes of inputs on which no output depends; nil if there are none, and in files that do not say.
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
    /// FLOPs and the operations that are not MACs.
    package var operations: Int { flops + elementOperations.values.reduce(0, +) }
    /// The same with executed MACs.
    package var executedOperations: Int { operations - flops + executedFLOPs }
    package var operandBytes: Int { inputBytes + outputBytes }
    /// Bytes moved when every operand is written, or what an output depends on is read, once.
    package var leastTraffic: Int { weightBytes + operandBytes - (unreadBytes ?? 0) }
}

/// The error of an answer.
package struct Answer: Codable, Sendable, Hashable {
    /// The largest error of an output element: see Workloads' `Tolerance`.
    package var error: Double
    package var tolerance: Double
    package var reductionLength: Int
    /// The layer of a network that uses most of its tolerance: the error is that layer's. Nil for a kernel.
    package var layer: String?
    /// When it was verified, where that was before this run: the outputs are the same, bit by bit. UTC, ISO 8601.
    package var verified: String?
    /// Seconds that verifying took in this run, the reference included; nil in files that do not say.
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
    /// Of what the layers of a network hand to each other; nil for a kernel.
    package var activationBytes: Int?

    package init(seconds: Double, packedBytes: Int, workspaceBytes: Int, activationBytes: Int? = nil) {
        self.seconds = seconds
        self.packedBytes = packedBytes
        self.workspaceBytes = workspaceBytes
        self.activationBytes = activationBytes
    }
}

/// Memory of the measuring process: bytes that are resident, and how often it asks for more.
package struct Memory: Codable, Sendable, Hashable {
    /// Before operands were allocated: the program itself.
    package var baseline: Int
    /// The high-water mark while preparing and timing; the reference's memory is gone by then.
    package var peak: Int
    /// How often a call asks for memory; nil if that is not counted.
    package var allocations: Int?
    /// The high-water mark from the start of the process to its end: the reference included, if it was computed. Nil in
    /// files that do not say.
    package var wholePeak: Int?

    package init(baseline: Int, peak: Int, allocations: Int? = nil, wholePeak: Int? = nil) {
        self.baseline = baseline
        self.peak = peak
        self.allocations = allocations
        self.wholePeak = wholePeak
    }
}

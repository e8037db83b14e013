import Kernels
import Measurement
import Networks
import Platform
import Results
import Settings
import Tensors
import Workers
import Workloads

/// A case that is ready to be timed in this process: operands filled, implementation prepared, run once.
struct ReadyCase {
    let item: Case
    let operands: Operands
    /// The states before the first run.
    let initial: InitialState
    let prepared: any Prepared
    let preparation: Preparation
    /// The fingerprint of the first run's outputs: see `KnownAnswer.outputs`.
    let fingerprint: UInt64
    /// Seconds spent on computing the fingerprint, without the run.
    let fingerprintSeconds: Double
    let clock: MonotonicClock
    /// Called at the start of each stage, so that the waiting process knows what a crash interrupted.
    let stage: (String) throws -> Void

    /// Allocates, fills, prepares and runs once.
    /// - Parameter weights: the folder of the weights; nil to draw them.
    init(
        _ item: Case, seed: UInt64, weights: String? = nil, clock: MonotonicClock,
        stage: @escaping (String) throws -> Void
    ) throws {
        try stage("allocating operands")
        let operands = try Operands(allocating: item.workload.operands)
        try stage("filling operands")
        try item.workload.fill(operands, seed: seed)
        if let weights {
            try stage("loading weights")
            try WeightFolder(weights).load(into: operands, of: item.workload)
        }
        try self.init(item, operands, clock: clock, stage: stage)
    }

    /// Prepares filled operands, and runs once.
    private init(
        _ item: Case, _ operands: Operands, clock: MonotonicClock, stage: @escaping (String) throws -> Void
    ) throws {
        let implementation = item.implementation
        initial = try InitialState(operands, of: item.workload.operands)
        try stage("preparing '\(implementation.name)'")
        let start = clock.now()
        prepared = try implementation.prepare(operands, item.setting)
        preparation = Preparation(
            seconds: Double(clock.since(start)) * 1e-9, packedBytes: implementation.workspace.packedBytes,
            workspaceBytes: implementation.workspace.bytes(threads: item.threads),
            activationBytes: implementation.activationBytes)
        self.item = item
        self.operands = operands
        self.clock = clock
        self.stage = stage
        try stage("running '\(implementation.name)' for the first time")
        Self.spoil(prepared, operands, of: item.workload)
        let begun = clock.now()
        var running: UInt64 = 0
        func run(_ step: any Prepared) {
            let start = clock.now()
            step.run()
            running += clock.since(start)
        }
        if let network = prepared as? PreparedNetwork {
            fingerprint = network.fingerprint(running: run)
        } else {
            run(prepared)
            try prepared.deliver()
            fingerprint = Self.fingerprint(ofOutputs: operands, of: item.workload)
        }
        fingerprintSeconds = Double(clock.since(begun) - running) * 1e-9
    }

    /// The same case with its own operands of equal values. The states begin as they did here.
    func copied() throws -> ReadyCase {
        let copy = try Operands(allocating: item.workload.operands)
        for operand in item.workload.operands { copy[operand.name].copy(from: operands[operand.name]) }
        initial.write(to: copy)
        return try ReadyCase(item, copy, clock: clock) { _ in }
    }

    /// The plan of a network; nil for a kernel.
    var plan: RunPlan? { (prepared as? PreparedNetwork).map { RunPlan($0.plan) } }

    /// Restores the states from before the first run.
    func reset() { initial.write(to: operands) }

    /// Spoils all that a run must write (with NaN if possible): unwritten output must not pass for an answer.
    func spoil() { Self.spoil(prepared, operands, of: item.workload) }

    private static func spoil(_ prepared: any Prepared, _ operands: Operands, of workload: any Workload) {
        (prepared as? PreparedNetwork)?.spoil()
        for output in workload.operands where output.role == .output { operands[output.name].spoil() }
    }

    /// A fingerprint of the bits of all outputs and states in their present condition.
    var outputs: UInt64 { Self.fingerprint(ofOutputs: operands, of: item.workload) }

    private static func fingerprint(ofOutputs operands: Operands, of workload: any Workload) -> UInt64 {
        workload.operands.filter(\.role.isWritten).reduce(Fingerprint.empty) {
            operands[$1.name].fingerprint(adding: $0)
        }
    }
}

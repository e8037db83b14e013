import Foundation
import Measurement
import Platform
import Results
import Settings
import Workers
import Workloads

/// Profiles one case: a run whose records are the case and its layers.
package struct ProfileSession {
    let item: Case
    let options: RunOptions
    let store: Store
    let host: SystemView
    let executable: String
    /// Assay's own version.
    let version: String

    package init(item: Case, options: RunOptions, store: Store, host: SystemView, executable: String, version: String) {
        self.item = item
        self.options = options
        self.store = store
        self.host = host
        self.executable = executable
        self.version = version
    }

    /// Verifies and measures in a separate process, and writes the run file. Returns its path, or why there is none.
    package func run(program: ProgramSources.Identity, note: (String) -> Void) throws -> Result<String, Failure> {
        if let reason = item.unsupported { return .failure(Failure(.unsupported, reason)) }
        if let shortage = item.shortage(available: MemoryBudget.available(host.files)) {
            return .failure(Failure(.memory, shortage))
        }
        let (started, time) = (Date(), Stopwatch())
        var task = ProfileTask(name: item.name, seed: ProcessExecutor.seed, sampling: options.sampling)
        task.staysOnOneProcessor = item.threads == 1
        let answers = options.answers(of: executable)
        task.known = answers?.known(item.name, seed: ProcessExecutor.seed)
        task.references = answers?.references
        task.weights = options.weights?.path
        let worker = Worker(executable: executable, threads: item.threads)
        let reply = try worker.ask(.profile(task), timeLimit: options.timeout)
        guard case (.exit(0), .profiled(let profiled)) = (reply.end, reply.result) else {
            if case .failed(let failure, _) = reply.result { return .failure(failure) }
            return .failure(reply.death)
        }
        answers?.keep(profiled.answer, outputs: profiled.outputs, of: item.name, seed: ProcessExecutor.seed)
        let outcome = Attempt(
            answer: profiled.answer,
            measured: Measured(
                answer: profiled.answer, preparation: profiled.preparation, samples: profiled.whole, memory: nil,
                plan: profiled.plan),
            usage: reply.usage)
        let network = Record(item, outcome, started: started, wallSeconds: time.seconds)
        let records = [network] + profiled.layers.map { Record($0, of: network) }
        return .success(try write(records, program: program, note: note))
    }

    private func write(_ records: [Record], program: ProgramSources.Identity, note: (String) -> Void) throws -> String {
        let machine = Machine(reading: host)
        let suite = RunHeader.Suite(
            name: "profile-\(item.workloadName)", title: "Layers of \(item.label)", files: [],
            plots: [
                PlotRequest(
                    kind: "bars", x: "label", y: "latency", series: Record.varietyWord,
                    title: "Time of each layer", filters: [Record.layerMark]),
                PlotRequest(
                    kind: "roofline", series: Record.varietyWord, title: "Roofline of the layers",
                    filters: [Record.layerMark]),
            ])
        let header = RunHeader(
            suite: suite, program: program, machine: machine, host: host, version: version,
            options: options.identity(of: executable), planned: records.count)
        let ceilings = try CeilingsProbe(executable: executable)
            .best(threads: [item.threads], of: machine, in: store, note: note)
        let writer = try store.create(machine: machine.id, suite: suite.name)
        try writer.append(.header(header))
        if let ceilings { try writer.append(.ceilings(ceilings)) }
        for record in records { try writer.append(.record(record)) }
        let seconds = records.reduce(0) { $0 + $1.wallSeconds }
        try writer.append(.end(RunEnd(wallSeconds: seconds, measured: records.count, skipped: 0, failed: 0)))
        return writer.path
    }
}

extension Record {
    /// Separates the name of a case from that of its layer; as a filter it selects layers.
    static let layerMark = "#"

    /// The record of one layer of a measured network.
    init(_ layer: TimedLayer, of network: Record) {
        self.init(
            case: network.case + Self.layerMark + layer.label, label: layer.label, kind: Self.layerKind,
            name: layer.name, parameters: layer.parameters, setting: layer.setting, status: .measured,
            costs: layer.costs, samples: layer.samples, started: network.started, wallSeconds: 0)
    }
}

import Foundation
import Measurement
import Platform
import Results
import Settings
import Tensors
import Workers
import Workloads

/// A prepared case that runs and is timed in another process.
protocol TimedElsewhere: Prepared {
    /// What the process said when it was ready.
    var readiness: Readiness { get }
    /// Runs the requested warm-up calls untimed, then the requested calls timed.
    func take(_ request: TurnRequest) throws -> Turn
}

/// A case in a peer's process. Operands and outputs are exchanged as files in a shared folder: `NAME.npy`, as `assay
/// dump` writes them.
final class PeerCase: TimedElsewhere {
    let readiness: Readiness
    private let taker: TurnTaker
    private let exchange: WorkFolder
    private let workload: any Workload
    private let tensors: Operands
    private var fault: (any Error)?

    /// Time limit of a turn in seconds; the surrounding worker has its own limit for everything it does.
    private static let patience = 1e6

    /// Writes the operands, and waits until the case is ready.
    init(_ worker: Worker, _ workload: any Workload, _ tensors: Operands, _ setting: Setting) throws {
        exchange = try WorkFolder(in: NSTemporaryDirectory(), prefix: ".assay-peer-")
        (self.workload, self.tensors) = (workload, tensors)
        for operand in workload.operands where operand.role != .output {
            try Data(NPY.encode(tensors[operand.name])).write(to: URL(fileURLWithPath: exchange.file(operand.name)))
        }
        var task = TurnsTask(name: workload.name + setting.text, seed: ProcessExecutor.seed, verifies: false)
        task.exchange = exchange.path
        taker = try TurnTaker(worker, task: task, timeLimit: Self.patience) { false }
        readiness = taker.readiness
    }

    deinit { taker.dismiss() }

    func run() {
        do { _ = try taker.take(TurnRequest(warmup: 0, calls: 1)) } catch { fault = fault ?? error }
    }

    func take(_ request: TurnRequest) throws -> Turn { try taker.take(request) }

    /// Asks for the outputs, and reads them into the operands.
    func deliver() throws {
        if let fault { throw fault }
        let outputs = workload.operands.filter { $0.role == .output }
        for output in outputs { unlink(exchange.file(output.name)) }
        var request = TurnRequest(warmup: 0, calls: 0)
        request.delivers = true
        _ = try taker.take(request)
        for output in outputs {
            do throws(NPYFile.Fault) {
                NPYFile.copy(
                    try NPYFile.elements(of: exchange.file(output.name), as: output), into: tensors[output.name])
            } catch {
                throw Failure(.error, "the output '\(output.name)' was not delivered: \(error.message)")
            }
        }
    }
}

extension WorkFolder {
    /// The file of an operand.
    fileprivate func file(_ operand: String) -> String { "\(path)/\(operand).npy" }
}

extension TimedElsewhere {
    /// Takes samples in turns until the stopping rules are met. The clock is the other process's, so the time between
    /// turns is in no sample.
    func sample(_ options: SamplingOptions) throws -> Samples {
        let turns = Turns()
        var fault: (any Error)?
        func batch(_ calls: Int) {
            // After a fault, pretend that the time limit has passed, so that sampling ends.
            guard fault == nil else { return turns.add(Turn(seconds: 2 * options.timeLimit), calls: 1) }
            do { turns.add(try take(TurnRequest(warmup: 0, calls: calls)), calls: calls) } catch { fault = error }
        }
        batch(1)
        let names = turns.counts.keys.sorted()
        let columns = CounterGroup(names.map { Counter($0, isWhole: false) }, metrics: []) { _ in
            { values in for (index, name) in names.enumerated() { values[index] = turns.counts[name] ?? 0 } }
        }
        let samples = try Sampler(options, clock: turns, probes: Probes([columns])).sample(batch: batch)
        if let fault { throw fault }
        return samples
    }
}

/// The accumulated time and counts of all turns: a clock that stands still between them.
private final class Turns: Clock, @unchecked Sendable {
    private var nanoseconds: UInt64 = 0
    private(set) var counts: [String: Double] = [:]
    let resolution: UInt64 = 1

    func now() -> UInt64 { nanoseconds }

    func add(_ turn: Turn, calls: Int) {
        nanoseconds += UInt64(max(turn.seconds, 0) * Double(calls) * 1e9)
        for (name, count) in turn.counts { counts[name, default: 0] += count }
    }
}

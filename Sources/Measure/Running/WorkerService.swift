import CPlatform
import Foundation
import Kernels
import Measurement
import Platform
import Results
import Tensors
import Threads
import Workers
import Workloads

/// The other side of `Worker`: reads the request, carries it out, writes the answer.
package struct WorkerService {
    let catalog: Catalog
    let send: (WorkerMessage) throws -> Void

    package init(
        catalog: Catalog = .all, send: @escaping (WorkerMessage) throws -> Void = Self.print
    ) {
        self.catalog = catalog
        self.send = send
    }

    /// Serves one request from standard input.
    package func serve() throws {
        assay_die_with_parent()
        // Ctrl-C reaches the whole group, but the parent decides what to do with this case.
        signal(SIGINT, SIG_IGN)
        guard let request = Self.read(WorkerRequest.self) else {
            throw RunError("no request on standard input", remedy: "this command is for assay itself")
        }
        guard (1...WorkerProtocol.version).contains(request.version) else {
            return try send(.failed(Failure(.error, "speaks version \(WorkerProtocol.version) of the protocol"), nil))
        }
        assay_flush_denormals()
        switch request.task {
        case .measure(let task):
            // The scheduler chose an idle processor; leaving it would lose the caches.
            if task.staysOnOneProcessor { _ = assay_pin(assay_current_processor()) }
            if task.pinsThreads, let failure = keepThreads(on: SystemView.current.processors) {
                return try send(.failed(failure, nil))
            }
            try send(measure(task))
        case .profile(let task):
            if task.staysOnOneProcessor { _ = assay_pin(assay_current_processor()) }
            try send(profile(task))
        case .ceilings(let threads): try send(.ceilings(CeilingsTask(threads: threads).measure()))
        case .hello: try send(.hello(version: WorkerProtocol.version))
        case .list(let task): try send(list(task))
        // The catalog already lists our own kernels, and another program has no use for them.
        case .offer: try send(.offers([]))
        case .takeTurns(let task):
            let processors = SystemView.current.processors
            if let number = task.processor { _ = assay_pin(Int32(processors[number % processors.count])) }
            if task.pinsThreads, let failure = keepThreads(on: processors) { return try send(.failed(failure, nil)) }
            if let message = try takeTurns(task, next: { Self.read(TurnRequest.self) }) { try send(message) }
        }
    }

    /// Pins the threads; returns the failure, or nil on success.
    private func keepThreads(on processors: [Int]) -> Failure? {
        do {
            try ThreadPool.keepThreads(on: processors)
            return nil
        } catch {
            return Failure(.error, error.description)
        }
    }

    /// Measures a case in this process; a failure of the case is an answer too.
    package func measure(_ task: MeasureTask) throws -> WorkerMessage {
        try answer(task.name) { try CaseMeasurement(item: $0, task: task) { try send(.stage($0)) }.run() }
    }

    /// Times the layers of a case in this process.
    package func profile(_ task: ProfileTask) throws -> WorkerMessage {
        try answer(task.name) { try ProfileMeasurement(item: $0, task: task) { try send(.stage($0)) }.run() }
    }

    /// Describes cases.
    package func list(_ task: ListTask) throws -> WorkerMessage {
        do {
            return .listed(try CaseListing(task: task, catalog: catalog).listing())
        } catch {
            return .failed(Failure(.error, error.description), nil)
        }
    }

    /// Prepares a case, reports that it is ready, and times one turn per request until there are no more. Returns the
    /// failure, or nil.
    package func takeTurns(_ task: TurnsTask, next: () -> TurnRequest?) throws -> WorkerMessage? {
        var isOver = false
        let failure = try answer(task.name) { item in
            try TurnMeasurement(item: item, task: task, send: send).serve(next: next)
            isOver = true
            return .stage("done")
        }
        return isOver ? nil : failure
    }

    private func answer(_ name: String, _ work: (Case) throws -> WorkerMessage) throws -> WorkerMessage {
        do {
            let planner = Planner(catalog: catalog)
            guard let item = try planner.cases(named: name).first else {
                return .failed(Failure(.error, "'\(name)' names no case"), nil)
            }
            if let reason = item.unsupported { return .failed(Failure(.unsupported, reason), nil) }
            return try work(item)
        } catch let failure as Failure {
            return .failed(failure, nil)
        } catch let error as OutOfMemory {
            return .failed(Failure(.memory, error.description), nil)
        } catch let error as Disagreement {
            return .failed(Failure(.disagrees, error.message), error.answer)
        } catch {
            return .failed(Failure(.error, "\(error)"), nil)
        }
    }

    /// The next line of standard input; nil if it cannot be decoded.
    private static func read<Value: Decodable>(_ type: Value.Type) -> Value? {
        readLine().flatMap { try? JSONLine.decode(type, from: Data($0.utf8)) }
    }

    /// Writes straight to the descriptor, since a crash loses what is in a buffer.
    package static func print(_ message: WorkerMessage) throws {
        try FileHandle.standardOutput.write(contentsOf: try JSONLine.encode(message))
    }
}

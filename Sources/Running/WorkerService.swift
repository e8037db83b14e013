import CPlatform
import Foundation
import Kernels
import Measurement
import Results
import Suites
import Tensors
import Threads
import Workloads

/// The other side of `Worker`: reads the request, does it, writes the answer.
package struct WorkerService {
    let catalog: Catalog
    let send: (WorkerMessage) throws -> Void

    package init(catalog: Catalog = .all, send: @escaping (WorkerMessage) throws -> Void = Self.print) {
        self.catalog = catalog
        self.send = send
    }

    /// Serves standard input once.
    package func serve() throws {
        assay_die_with_parent()
        // Ctrl-C reaches the whole group: it is for the parent to decide what becomes of this case.
        signal(SIGINT, SIG_IGN)
        guard let line = readLine(), let request = try? JSONLine.decode(WorkerRequest.self, from: Data(line.utf8))
        else {
            throw RunError("no request on standard input", remedy: "this command is for assay itself")
        }
        guard request.version == WorkerProtocol.version else {
            return try send(.failed(Failure(.error, "speaks version \(WorkerProtocol.version) of the protocol"), nil))
        }
        assay_flush_denormals()
        switch request.task {
        case .measure(let task):
            // The scheduler chose a processor that was idle; moving from it would leave the caches behind.
            if task.staysOnOneProcessor { _ = assay_pin(assay_current_processor()) }
            if task.pinsThreads { ThreadPool.keepThreads(on: SystemView.current.processors) }
            try send(measure(task))
        case .profile(let task):
            if task.staysOnOneProcessor { _ = assay_pin(assay_current_processor()) }
            try send(profile(task))
        case .ceilings(let threads): try send(.ceilings(CeilingsTask(threads: threads).measure()))
        }
    }

    /// Measures a case in this process; what goes wrong with it is an answer too.
    package func measure(_ task: MeasureTask) throws -> WorkerMessage {
        try answer(task.name) { try CaseMeasurement(item: $0, task: task) { try send(.stage($0)) }.run() }
    }

    /// Times the layers of a case in this process.
    package func profile(_ task: ProfileTask) throws -> WorkerMessage {
        try answer(task.name) { try ProfileMeasurement(item: $0, task: task) { try send(.stage($0)) }.run() }
    }

    private func answer(_ name: String, _ work: (Case) throws -> WorkerMessage) throws -> WorkerMessage {
        do {
            let planner = Planner(catalog: catalog, vocabulary: PlotVocabulary(kinds: [], metrics: []))
            guard let item = try planner.cases(named: name).first else {
                return .failed(Failure(.error, "'\(name)' names no case"), nil)
            }
            return try work(item)
        } catch let error as OutOfMemory {
            return .failed(Failure(.memory, error.description), nil)
        } catch {
            return .failed(Failure(.error, "\(error)"), nil)
        }
    }

    /// Written straight to the descriptor: what a crash leaves in a buffer is lost.
    package static func print(_ message: WorkerMessage) throws {
        try FileHandle.standardOutput.write(contentsOf: try JSONLine.encode(message))
    }
}

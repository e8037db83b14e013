import Foundation
import Measurement
import Platform
import Results
import Workers
import Workloads

/// Events during a run, for a console or a run file.
package enum RunEvent: Sendable {
    case started(cases: Int)
    /// A case begins; `index` counts from 0, and `secondsLeft` is nil for the first case.
    case began(Case, index: Int, secondsLeft: Double?)
    case ended(Record, index: Int)
}

/// Turns a plan into records. A case ends as measured, skipped or failed, and never ends the run.
package struct Runner {
    let executor: any CaseExecutor
    /// Bytes that may be used now; nil if the system does not say.
    let memoryAvailable: () -> Int?
    let coldBeyond: Int?
    let interrupted: () -> Bool
    /// Called before each case that is measured.
    let beforeCase: () -> Void

    package init(
        executor: any CaseExecutor, memoryAvailable: @escaping () -> Int?, coldBeyond: Int? = nil,
        interrupted: @escaping () -> Bool = { false }, beforeCase: @escaping () -> Void = {}
    ) {
        self.executor = executor
        self.memoryAvailable = memoryAvailable
        self.coldBeyond = coldBeyond
        self.interrupted = interrupted
        self.beforeCase = beforeCase
    }

    /// Runs the cases in order. If the listener throws (a full disk), the run ends there.
    package func run(_ cases: [Case], listener: (RunEvent) throws -> Void) throws -> RunSummary {
        var summary = RunSummary()
        let time = Stopwatch()
        try listener(.started(cases: cases.count))
        for (index, item) in cases.enumerated() {
            guard !interrupted() else {
                summary.interrupted = true
                break
            }
            let left = index > 0 ? time.seconds / Double(index) * Double(cases.count - index) : nil
            try listener(.began(item, index: index, secondsLeft: left))
            guard let record = try measure(item) else {
                summary.interrupted = true
                break
            }
            summary.add(record)
            try listener(.ended(record, index: index))
        }
        summary.wallSeconds = time.seconds
        return summary
    }

    /// The record of one case, or nil if the user stopped it.
    private func measure(_ item: Case) throws -> Record? {
        if item.unsupported == nil { beforeCase() }
        let (start, time) = (Date(), Stopwatch())
        var outcome = Attempt()
        if let reason = item.unsupported {
            outcome.failure = Failure(.unsupported, reason)
        } else if let shortage = item.shortage(available: memoryAvailable(), coldBeyond: coldBeyond) {
            outcome.failure = Failure(.memory, shortage)
        } else {
            outcome = try executor.execute(item, interrupted: interrupted)
        }
        guard !outcome.interrupted else { return nil }
        return Record(item, outcome, started: start, wallSeconds: time.seconds)
    }
}

/// Totals of a run.
package struct RunSummary: Sendable {
    package var measured = 0
    package var skipped = 0
    package var failed = 0
    package var disagreements = 0
    package var interrupted = false
    package var wallSeconds = 0.0
    /// Wall time inside samples.
    package var sampledSeconds = 0.0
    /// Wall time of verifying.
    package var verifiedSeconds = 0.0

    mutating func add(_ record: Record) {
        switch record.status {
        case .measured: measured += 1
        case .skipped: skipped += 1
        case .failed: failed += 1
        }
        if record.failure?.kind == .disagrees { disagreements += 1 }
        sampledSeconds += record.samples?.elapsed ?? 0
        verifiedSeconds += record.answer?.seconds ?? 0
    }
}

extension Record {
    /// The record of a case with this outcome.
    init(_ item: Case, _ outcome: Attempt, started: Date, wallSeconds: Double) {
        let status: Status =
            switch outcome.failure?.kind {
            case nil: .measured
            case .unsupported: .skipped
            default: .failed
            }
        self.init(
            case: item.name, label: item.label, kind: item.kind, name: item.workloadName, parameters: item.parameters,
            setting: item.setting, status: status, failure: outcome.failure,
            costs: CountedCosts(Costs(item.workload), of: item.workload, by: item.implementation),
            answer: outcome.answer, preparation: outcome.measured?.preparation, plan: outcome.measured?.plan,
            samples: outcome.measured?.samples, memory: outcome.measured?.memory, process: outcome.usage,
            started: started.iso8601, wallSeconds: wallSeconds)
    }
}

extension CountedCosts {
    /// The costs of a workload computed by an implementation, in the form that records keep.
    init(_ costs: Costs, of workload: any Workload, by implementation: Implementation) {
        self.init(costs)
        let executed = implementation.executedMACs ?? workload.necessaryMACs
        executedMACs = executed == macs ? nil : executed
    }

    /// The costs in the form that records keep.
    package init(_ costs: Costs) {
        var operations: [String: Int] = [:]
        for item in costs.elementOperations { operations[item.kind, default: 0] += item.count }
        self.init(
            macs: costs.macs, elementOperations: operations, parameters: costs.parameters,
            weightBytes: costs.weightBytes,
            inputBytes: costs.inputBytes, outputBytes: costs.outputBytes,
            unreadBytes: costs.unreadBytes == 0 ? nil : costs.unreadBytes)
    }
}

extension Date {
    /// UTC to the second, as written in run files.
    package var iso8601: String { formatted(.iso8601) }
}

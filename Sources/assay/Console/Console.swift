import Foundation
import Reports
import Results
import Running
import Settings
import Statistics
import Workloads

/// Tells on standard error how a run goes: one line that changes on a terminal, a line per case elsewhere.
final class Console {
    private let line = ProgressLine()
    private var total = 0
    /// What the command line said beside the case, to run it again.
    private let options: String

    init(options: String) { self.options = options }

    func listen(_ event: RunEvent) {
        switch event {
        case .started(let cases): total = cases
        case .began(let item, let index, let secondsLeft):
            let left = secondsLeft.map { ", about \(Format.seconds($0)) left" } ?? ""
            line.rewrite("[\(index + 1)/\(total)\(left)] \(item.label), \(item.implementation.name)")
        case .ended(let record, let index):
            clear()
            if !line.canChange || record.status == .failed {
                Diagnostics.say(lines: ["[\(index + 1)/\(total)] \(sentence(record))"] + reproduction(of: record))
            }
        }
    }

    /// Takes the changing line back, if there is one.
    func clear() { line.clear() }

    /// How to run a case again that failed.
    private func reproduction(of record: Record) -> [String] {
        record.status == .failed ? ["    assay run --case \(record.case.quotedForShell)\(options)"] : []
    }

    private func sentence(_ record: Record) -> String {
        let name = "\(record.label), \(record.implementation)"
        if let failure = record.failure { return "\(name): \(record.status.rawValue): \(failure.message)" }
        guard let samples = record.samples, let quantiles = Quantiles(samples.seconds) else { return name }
        return "\(name): \(Format.seconds(quantiles.median))"
    }
}

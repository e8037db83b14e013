import Foundation
import Reports
import Results
import Running
import Statistics
import Suites
import Workloads

/// Tells on standard error how a run goes: one line that changes on a terminal, a line a case elsewhere.
final class Console {
    private let line = ProgressLine()
    private var total = 0

    func listen(_ event: RunEvent) {
        switch event {
        case .started(let cases): total = cases
        case .began(let item, let index, let secondsLeft):
            let left = secondsLeft.map { ", about \(Format.seconds($0)) left" } ?? ""
            line.rewrite("[\(index + 1)/\(total)\(left)] \(item.label), \(item.implementation.name)")
        case .ended(let record, let index):
            clear()
            if !line.isTerminal || record.status == .failed {
                Diagnostics.say("[\(index + 1)/\(total)] \(sentence(record))")
            }
        }
    }

    /// Takes the changing line back, where there is one.
    func clear() { line.clear() }

    private func sentence(_ record: Record) -> String {
        let name = "\(record.label), \(record.implementation)"
        if let failure = record.failure {
            let reproduce =
                record.status == .failed ? "\n    assay run --case '\(record.case.replacing("'", with: #"'\''"#))'" : ""
            return "\(name): \(record.status.rawValue): \(failure.message)\(reproduce)"
        }
        guard let samples = record.samples, let quantiles = Quantiles(samples.seconds) else { return name }
        return "\(name): \(Format.seconds(quantiles.median))"
    }
}

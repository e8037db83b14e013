import Foundation
import Reports
import Results
import Running
import Statistics
import Suites
import Workloads

/// Tells on standard error how a run goes: one line that changes on a terminal, a line a case elsewhere.
final class Console {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var total = 0

    func listen(_ event: RunEvent) {
        switch event {
        case .started(let cases): total = cases
        case .began(let item, let index, let secondsLeft):
            guard isTerminal else { return }
            let left = secondsLeft.map { ", about \(Format.seconds($0)) left" } ?? ""
            rewrite("[\(index + 1)/\(total)\(left)] \(item.label), \(item.implementation.name)")
        case .ended(let record, let index):
            clear()
            if !isTerminal || record.status == .failed {
                Diagnostics.say("[\(index + 1)/\(total)] \(sentence(record))")
            }
        }
    }

    /// Takes the changing line back, where there is one.
    func clear() { if isTerminal { rewrite("") } }

    private func rewrite(_ text: String) {
        // Wider lines would wrap, and a wrapped line cannot be taken back.
        StandardStreams.tell("\r\u{1B}[2K\(text.prefix(Self.width - 1))")
    }

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

    private static var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}

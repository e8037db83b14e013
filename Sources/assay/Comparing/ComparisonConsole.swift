import Comparison
import Foundation
import Platform
import Reports
import Results

/// Tells on standard error how a comparison goes: one line that changes on a terminal, a line now and then elsewhere.
final class ComparisonConsole {
    private let cases: [ComparedCase]
    private let line = ProgressLine()
    private var sinceSaid = Stopwatch()

    /// Seconds between lines if there is no terminal.
    private static let interval = 30.0

    init(cases: [ComparedCase]) { self.cases = cases }

    func listen(_ event: ComparisonSession.Event) {
        switch event {
        case .began(let index, let round, let settled, let secondsLeft):
            let comparable = cases.count { $0.obstacle == nil }
            let left = "\(settled) of \(comparable) settled, at most \(Format.seconds(secondsLeft.rounded())) left"
            if line.canChange {
                line.rewrite("[\(left)] round \(round) of \(cases[index].label), \(cases[index].implementation)")
            } else if sinceSaid.seconds >= Self.interval {
                sinceSaid = Stopwatch()
                Diagnostics.say(left)
            }
        case .round, .code: break
        case .outcome(let index, let outcome):
            guard case .failed(let failure) = outcome else { return }
            clear()
            Diagnostics.say(
                "\(cases[index].name): could not be measured on the \(failure.side.rawValue) side: \(failure.failure.message)"
            )
        case .scarce(let seconds):
            clear()
            Diagnostics.warning(
                "the fewest rounds of every case take about \(Format.seconds(seconds.rounded())): raise --budget, or choose "
                    + "fewer cases with --filter")
        }
    }

    /// Takes the changing line back, if there is one.
    func clear() { line.clear() }
}

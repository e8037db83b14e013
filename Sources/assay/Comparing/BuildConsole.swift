import Comparison
import Foundation
import Platform
import Reports
import Results

/// Tells on standard error how far a build is: one line that changes on a terminal, a line now and then elsewhere.
final class BuildConsole {
    private let line = ProgressLine()
    private var sinceSaid = Stopwatch()

    /// Seconds between lines if there is no terminal.
    private static let interval = 30.0

    static var listener: BuildListener {
        let console = BuildConsole()
        return BuildListener(note: console.note, progress: console.show)
    }

    private func note(_ text: String) {
        line.clear()
        sinceSaid = Stopwatch()
        Diagnostics.say(text)
    }

    private func show(_ progress: BuildProgress) {
        let text = Self.text(progress)
        if line.canChange {
            line.rewrite(text)
        } else if sinceSaid.seconds >= Self.interval {
            note(text)
        }
    }

    private static func text(_ progress: BuildProgress) -> String {
        let time = Format.seconds(progress.seconds.rounded())
        return "building \(progress.revision), \(time): \(progress.step.isEmpty ? "planning" : progress.step)"
    }
}

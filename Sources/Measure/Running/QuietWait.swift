import Foundation
import Measurement
import Platform
import Results

/// Waits until other programs are quiet, up to a total time budget.
final class QuietWait {
    private let host: SystemView
    /// The seconds left.
    private var budget: Double
    private let interrupted: () -> Bool

    /// The observation window in seconds. The system counts in hundredths of a second.
    private static let window = 0.3
    /// The number of processors that may be busy.
    private static let quiet = 0.1

    /// - Parameter budget: the total waiting time in seconds.
    init(host: SystemView, budget: Double, interrupted: @escaping () -> Bool) {
        self.host = host
        self.budget = budget
        self.interrupted = interrupted
    }

    /// Returns when nothing else has run for a moment, or the budget is used up.
    func wait(note: (String) -> Void) {
        guard budget > 0 else { return }
        let time = Stopwatch()
        while !interrupted() {
            guard let activity = Activity(host.files) else { return budget = 0 }
            Thread.sleep(forTimeInterval: Self.window)
            let busy = activity.busyProcessors(host.files) ?? 0
            if busy <= Self.quiet { break }
            if time.seconds >= budget {
                note(
                    "the machine did not become quiet: other programs use "
                        + "\(String(format: "%.1f", busy)) processors; measuring anyway")
                break
            }
        }
        budget -= time.seconds
    }
}

import Foundation
import Measurement
import Platform
import Results

/// Waits until other programs are quiet, as long as a budget lasts.
final class QuietWait {
    private let host: SystemView
    /// Seconds that are left.
    private var budget: Double
    private let interrupted: () -> Bool

    /// Seconds that are looked at. The system counts in hundredths.
    private static let window = 0.3
    /// Processors that may be busy.
    private static let quiet = 0.1

    /// - Parameter budget: seconds that all waiting together may take.
    init(host: SystemView, budget: Double, interrupted: @escaping () -> Bool) {
        self.host = host
        self.budget = budget
        self.interrupted = interrupted
    }

    /// Returns when nothing else has run for a moment, or the budget is spent.
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
                        + "\(String(format: "%.1f", busy)) processors; measuring all the same")
                break
            }
        }
        budget -= time.seconds
    }
}

import Glibc
import Synchronization

/// Where threads wait for each other before each round, turning so that all leave within a microsecond.
final class StartLine: Sendable {
    private let members: Int
    private let arrivals = Atomic<Int>(0)
    private let cancelled = Atomic<Bool>(false)

    /// Turns before a waiting thread lets others run: on too few processors those it waits for.
    private static let patience = 1 << 12

    init(members: Int) { self.members = members }

    /// Waits until every member has come for this round (0, 1, ...). Returns false where the race is off.
    func wait(round: Int) -> Bool {
        arrivals.add(1, ordering: .acquiringAndReleasing)
        var turns = 0
        while arrivals.load(ordering: .acquiring) < members * (round + 1) {
            if cancelled.load(ordering: .relaxed) { return false }
            turns += 1
            if turns > Self.patience { sched_yield() }
        }
        return true
    }

    /// Sends everybody home: a member will never come.
    func cancel() { cancelled.store(true, ordering: .relaxed) }
}

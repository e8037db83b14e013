import Glibc
import Synchronization

/// Where threads wait for each other before each round. They spin, so that all leave within a microsecond.
final class StartLine: Sendable {
    private let members: Int
    private let arrivals = Atomic<Int>(0)
    private let cancelled = Atomic<Bool>(false)

    /// Spins before a waiting thread yields: with too few processors, to the threads it waits for.
    private static let patience = 1 << 12

    init(members: Int) { self.members = members }

    /// Waits until every member has arrived for this round (0, 1, ...). Returns false if cancelled.
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

    /// Releases all waiting threads because a member will never arrive.
    func cancel() { cancelled.store(true, ordering: .relaxed) }
}

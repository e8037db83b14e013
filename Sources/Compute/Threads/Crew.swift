import CPlatform
import Synchronization

/// What the threads of a pool share: the work, and which threads wait.
///
/// Before a thread sleeps, it says so and then checks its condition once more. A thread that makes a condition true
/// does that before it checks for sleepers. So no wake-up is lost.
final class Crew: @unchecked Sendable {
    private let members: Int
    /// Spins before a waiting thread goes to sleep.
    private let patience: Int
    /// Counts the pieces of work. A thread that has done fewer has something to do.
    private let round = Atomic<Int>(0)
    /// Threads that have not finished this round, not counting the caller.
    private let pending = Atomic<Int>(0)
    private let sleepers = Atomic<Int>(0)
    private let callerSleeps = Atomic<Bool>(false)
    /// Written before a round begins, by the caller alone. nil ends the threads.
    private var body: ((Share) -> Void)?

    private let turn = Lock()
    private let begin = Signal()
    private let end = Signal()

    /// - Parameter processors: the number of processors for the members; nil means those that this thread may run on.
    init(members: Int, processors: Int? = nil) {
        self.members = members
        patience = members > processors ?? Self.processors ? 0 : 4096
    }

    /// The number of processors that this thread may run on, as far as it can be counted.
    private static var processors: Int {
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 4096) {
            Int(assay_affinity($0.baseAddress, Int32($0.count)))
        }
    }

    func run(_ body: @escaping (Share) -> Void) {
        turn.lock()
        defer { turn.unlock() }
        start(body)
        body(Share(0, of: members))
        waitForOthers()
        self.body = nil
    }

    /// Ends these threads, which must be all threads that wait for work.
    func dismiss(_ threads: [SystemThread]) {
        start(nil)
        for thread in threads { thread.join() }
    }

    private func start(_ body: ((Share) -> Void)?) {
        self.body = body
        pending.store(members - 1, ordering: .relaxed)
        round.add(1, ordering: .sequentiallyConsistent)
        if sleepers.load(ordering: .sequentiallyConsistent) > 0 { begin.wakeAll() }
    }

    private func waitForOthers() {
        for _ in 0..<patience {
            if pending.load(ordering: .acquiring) == 0 { return }
            assay_pause()
        }
        callerSleeps.store(true, ordering: .sequentiallyConsistent)
        end.wait { pending.load(ordering: .sequentiallyConsistent) == 0 }
        callerSleeps.store(false, ordering: .relaxed)
    }

    /// The main loop of a thread: one round after the other.
    func serve(_ share: Share) {
        var done = 0
        while true {
            waitForRound(after: done)
            done += 1
            guard let body else { return }
            body(share)
            let left = pending.subtract(1, ordering: .sequentiallyConsistent).newValue
            if left == 0, callerSleeps.load(ordering: .sequentiallyConsistent) { end.wakeAll() }
        }
    }

    private func waitForRound(after done: Int) {
        for _ in 0..<patience {
            if round.load(ordering: .acquiring) > done { return }
            assay_pause()
        }
        sleepers.add(1, ordering: .sequentiallyConsistent)
        begin.wait { round.load(ordering: .sequentiallyConsistent) > done }
        sleepers.subtract(1, ordering: .relaxed)
    }
}

import CPlatform
import Threads

/// Threads that do the same work at the same time, each on its own processor.
package struct ThreadTeam {
    /// Does a small part of the work and returns its amount (FLOPs, bytes).
    package typealias Burst = () -> Double
    /// Makes a worker's burst on its own thread, so that the memory it touches is near; nil if there is no memory.
    package typealias Preparation = @Sendable () -> Burst?

    /// The logical processor of each thread.
    private let processors: [Int]

    package init(processors: [Int]) { self.processors = processors }

    /// Work per second in each time slice: the work of all threads, from the first one's start to the last one's end.
    /// Nil if a thread could not be started or had no memory.
    package func throughputs(slices: Int, each slice: Duration, preparation: @escaping Preparation) -> [Double]? {
        let line = StartLine(members: processors.count)
        let workers = processors.map { Worker($0, line, slices: slices, each: slice, preparation) }
        let threads = workers.compactMap { $0.start() }
        if threads.count < workers.count { line.cancel() }
        for thread in threads { thread.join() }
        guard workers.allSatisfy({ $0.slices.count == slices }) else { return nil }
        return (0..<slices).compactMap { index in
            let parts = workers.map { $0.slices[index] }
            guard let start = parts.map(\.start).min(), let end = parts.map(\.end).max(), start < end else {
                return nil
            }
            return parts.reduce(0) { $0 + $1.work } / ((end - start) / .seconds(1))
        }
    }
}

/// One thread of a team.
private final class Worker: @unchecked Sendable {
    struct Slice {
        let start: SuspendingClock.Instant
        let end: SuspendingClock.Instant
        let work: Double
    }

    private let processor: Int
    private let line: StartLine
    private let count: Int
    private let duration: Duration
    private let preparation: ThreadTeam.Preparation
    /// Written only by the worker's own thread; others read it after joining that thread.
    private(set) var slices: [Slice] = []

    init(
        _ processor: Int, _ line: StartLine, slices: Int, each duration: Duration,
        _ preparation: @escaping ThreadTeam.Preparation
    ) {
        self.processor = processor
        self.line = line
        count = slices
        self.duration = duration
        self.preparation = preparation
    }

    /// nil if the system cannot start another thread.
    func start() -> SystemThread? { SystemThread { self.run() } }

    private func run() {
        // If pinning fails because the processor was taken from us, the thread runs on another: still a measurement.
        _ = assay_pin(Int32(processor))
        assay_flush_denormals()
        guard let burst = preparation() else { return line.cancel() }
        slices.reserveCapacity(count)
        let clock = SuspendingClock()
        for round in 0..<count {
            guard line.wait(round: round) else { return }
            let start = clock.now
            let deadline = start + duration
            var work = 0.0
            var now = start
            while now < deadline {
                work += burst()
                now = clock.now
            }
            slices.append(Slice(start: start, end: now, work: work))
        }
    }
}

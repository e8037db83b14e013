import CPlatform
import Glibc
import Synchronization

/// Threads that wait for work and do it together with the calling thread.
///
/// Between two pieces of work a thread spins for some tens of microseconds, because in a network the next one comes
/// soon, and then sleeps. If there are more threads than processors, it sleeps at once: spinning would block others.
package final class ThreadPool: Sendable {
    /// The number of threads, including the caller.
    package let count: Int
    private let crew: Crew
    private let threads: [SystemThread]

    /// Starts `count` - 1 threads. They treat denormals as the calling thread does now.
    ///
    /// Throws if the system cannot start a thread.
    /// - Parameter processors: the processor to pin each thread to, the caller's first. Reused from the first if there
    ///   are more threads. nil pins none. The caller itself is not pinned here.
    package init(count: Int, on processors: [Int]? = nil) throws(ThreadsUnavailable) {
        let places = processors.flatMap { $0.isEmpty ? nil : $0 }
        let crew = Crew(members: count, processors: places?.count)
        var threads: [SystemThread] = []
        for index in 1..<max(count, 1) {
            let place = places.map { $0[index % $0.count] }
            guard let thread = Member(crew, Share(index, of: count), processor: place).start() else {
                crew.dismiss(threads)
                throw ThreadsUnavailable(wanted: count)
            }
            threads.append(thread)
        }
        self.count = count
        self.crew = crew
        self.threads = threads
    }

    deinit { crew.dismiss(threads) }

    /// Calls the body once per share, each on its own thread, the first on the calling thread. Returns when all have
    /// ended.
    ///
    /// Allocates nothing if the closure already exists. Callers take turns. The body must not call this pool, and its
    /// shares must not write to the same memory.
    package func run(_ body: @escaping (Share) -> Void) {
        if count == 1 { body(.whole) } else { crew.run(body) }
    }
}

/// The system could not start as many threads as requested.
package struct ThreadsUnavailable: Error, CustomStringConvertible {
    package let wanted: Int

    package var description: String {
        "the system did not start \(wanted) threads; ask for fewer, or raise the limit of processes (ulimit -u)"
    }
}

/// The system does not allow threads to be pinned to processors.
package struct PinningUnavailable: Error, CustomStringConvertible {
    /// The system's error number.
    package let code: Int32

    package var description: String {
        "threads cannot be kept on processors: \(String(cString: strerror(code))); leave out --pin"
    }
}

extension ThreadPool {
    private static let pools = Mutex<[Int: ThreadPool]>([:])
    private static let processors = Mutex<[Int]?>(nil)

    /// Pins this thread, and those of shared pools that start from now on, each to one of these processors. Throws if
    /// the system does not allow it.
    package static func keepThreads(on places: [Int]) throws(PinningUnavailable) {
        processors.withLock { $0 = places }
        guard let first = places.first else { return }
        let code = -assay_pin(Int32(first))
        guard code == 0 else { throw PinningUnavailable(code: code) }
    }

    /// The process-wide pool with `count` threads, started when it is first asked for.
    package static func shared(_ count: Int) throws(ThreadsUnavailable) -> ThreadPool {
        try pools.withLock { pools throws(ThreadsUnavailable) in
            if let pool = pools[count] { return pool }
            let pool = try ThreadPool(count: count, on: processors.withLock { $0 })
            pools[count] = pool
            return pool
        }
    }
}

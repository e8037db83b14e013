import CPlatform
import Glibc
import Synchronization

/// Threads that wait for work and do it together with the one that brings it.
///
/// Between two pieces of work a thread turns for some tens of microseconds, since in a network the next one comes soon, and then
/// sleeps. Where there are more threads than processors it sleeps at once: it would only turn in the way of the others.
package final class ThreadPool: Sendable {
    /// The threads, the caller's among them.
    package let count: Int
    private let crew: Crew
    private let threads: [SystemThread]

    /// Starts `count` - 1 threads. They treat denormals as the calling thread does now.
    ///
    /// Throws where the system has no thread to give.
    /// - Parameter processors: where each thread stays, the caller's first, from the beginning again where there are fewer than
    ///   threads; nil leaves all to the scheduler. The caller stays where it is.
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

    /// Calls the body once for every share, each on a thread of its own, the first on this one; returns when all have
    /// ended.
    ///
    /// Allocates nothing where the body is a closure that exists already. Callers take turns. The body must not come
    /// back to this pool, and its shares must not write to the same memory.
    package func run(_ body: @escaping (Share) -> Void) {
        if count == 1 { body(.whole) } else { crew.run(body) }
    }
}

/// There are not as many threads as were asked for.
package struct ThreadsUnavailable: Error, CustomStringConvertible {
    package let wanted: Int

    package var description: String {
        "the system did not start \(wanted) threads; ask for fewer, or raise the limit of processes (ulimit -u)"
    }
}

/// The system does not let us keep threads on processors.
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

    /// Keeps the threads of shared pools that start from here on, and this one, each on one of these processors.
    /// Throws if the system does not allow it.
    package static func keepThreads(on places: [Int]) throws(PinningUnavailable) {
        processors.withLock { $0 = places }
        guard let first = places.first else { return }
        let code = -assay_pin(Int32(first))
        guard code == 0 else { throw PinningUnavailable(code: code) }
    }

    /// The pool of so many threads that the whole process shares; started when it is first asked for.
    package static func shared(_ count: Int) throws(ThreadsUnavailable) -> ThreadPool {
        try pools.withLock { pools throws(ThreadsUnavailable) in
            if let pool = pools[count] { return pool }
            let pool = try ThreadPool(count: count, on: processors.withLock { $0 })
            pools[count] = pool
            return pool
        }
    }
}

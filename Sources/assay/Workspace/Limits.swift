import ArgumentParser
import Foundation
import Threads

/// What the shell allows this process: looked at before anything needs it, since the runtime ends the program, or waits for
/// ever, where a descriptor or a thread is missing.
enum Limits {
    /// Pipes to two children, files, and what the runtime keeps for itself.
    private static let descriptors: rlim_t = 64
    /// What the runtime starts to wait for children, and to run what is asynchronous.
    private static let threads = 8
    /// The program, its libraries and the buffers of BLAS.
    private static let addressSpace: rlim_t = 1 << 30

    /// What is too little, and what to do about it; nil if all is enough. Asks for more descriptors if that is allowed.
    private static var problem: String? {
        var files = limit(RLIMIT_NOFILE)
        if files.rlim_cur < descriptors, files.rlim_max > files.rlim_cur {
            files.rlim_cur = min(files.rlim_max, descriptors)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files)
        }
        if files.rlim_cur < descriptors {
            return
                "only \(files.rlim_cur) files may be open at once, and \(descriptors) may be needed; raise the limit: "
                + "ulimit -n 256"
        }
        let space = limit(RLIMIT_AS).rlim_cur
        if space < addressSpace {
            return
                "only \(space >> 20) MiB of memory may be mapped, and \(addressSpace >> 20) MiB may be needed; raise "
                + "the limit: ulimit -v unlimited"
        }
        return startsThreads
            ? nil
            : "the system cannot start \(threads) threads; raise the limit of processes: ulimit -u 256"
    }

    /// Says what is too little and ends the program, if anything is.
    static func check() {
        guard let problem else { return }
        Diagnostics.error(problem)
        // At once: libraries that could not start wait for ever for what they did not start.
        _exit(Exit.unmeasured.rawValue)
    }

    private static func limit(_ resource: __rlimit_resource) -> rlimit {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(resource.rawValue), &limit)
        return limit
    }

    /// Whether there can be so many at once.
    private static var startsThreads: Bool {
        let gate = NSLock()
        gate.lock()
        var started: [SystemThread] = []
        while started.count < threads, let thread = SystemThread({ gate.withLock {} }) { started.append(thread) }
        gate.unlock()
        for thread in started { thread.join() }
        return started.count == threads
    }
}

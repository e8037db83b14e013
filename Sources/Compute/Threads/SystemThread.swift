import Glibc

/// A system thread.
package struct SystemThread: @unchecked Sendable {
    private let thread: pthread_t

    /// Starts a thread. Nil if the system cannot start one.
    package init?(_ body: @escaping @Sendable () -> Void) {
        var thread = pthread_t()
        let life = Unmanaged.passRetained(Life(body))
        let failure = pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<Life>.fromOpaque(argument).takeRetainedValue().body() }
                return nil
            }, life.toOpaque())
        guard failure == 0 else {
            life.release()
            return nil
        }
        self.thread = thread
    }

    /// Waits until the thread ends. Call it once.
    package func join() { pthread_join(thread, nil) }

    /// The thread's work as an object, so that a pointer can refer to it.
    private final class Life: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
}

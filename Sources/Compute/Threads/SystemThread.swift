import Glibc

/// A thread of the system.
package struct SystemThread: @unchecked Sendable {
    private let thread: pthread_t

    /// Starts a thread. Nil if the system has none to give.
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

    /// Waits for its end. To be called once.
    package func join() { pthread_join(thread, nil) }

    /// What it does, as an object that a pointer can name.
    private final class Life: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
}

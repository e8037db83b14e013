import Glibc

/// A lock of the system, at a fixed place in memory.
final class Lock: @unchecked Sendable {
    let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

    init() { pthread_mutex_init(mutex, nil) }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    func lock() { pthread_mutex_lock(mutex) }
    func unlock() { pthread_mutex_unlock(mutex) }
}

/// Lets threads sleep until a condition is true.
final class Signal: @unchecked Sendable {
    private let lock = Lock()
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() { pthread_cond_init(condition, nil) }

    deinit {
        pthread_cond_destroy(condition)
        condition.deallocate()
    }

    /// Sleeps until the condition is true, and checks it again at every wake-up.
    func wait(until isTrue: () -> Bool) {
        lock.lock()
        while !isTrue() { pthread_cond_wait(condition, lock.mutex) }
        lock.unlock()
    }

    /// Wakes all threads that sleep here. Their condition must already be true.
    func wakeAll() {
        lock.lock()
        pthread_cond_broadcast(condition)
        lock.unlock()
    }
}

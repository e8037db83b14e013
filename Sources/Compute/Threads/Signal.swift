import Glibc

/// A lock of the system, at a place in memory that never moves.
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

/// Where threads sleep until something has become true.
final class Signal: @unchecked Sendable {
    private let lock = Lock()
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() { pthread_cond_init(condition, nil) }

    deinit {
        pthread_cond_destroy(condition)
        condition.deallocate()
    }

    /// Sleeps until it is true; looked at again at each waking.
    func wait(until isTrue: () -> Bool) {
        lock.lock()
        while !isTrue() { pthread_cond_wait(condition, lock.mutex) }
        lock.unlock()
    }

    /// Wakes all that sleep here. What they wait for has become true before.
    func wakeAll() {
        lock.lock()
        pthread_cond_broadcast(condition)
        lock.unlock()
    }
}

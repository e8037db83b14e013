import CPlatform
import Foundation
import Synchronization
import Testing
import Threads

@Suite struct ThreadPoolTests {
    @Test(arguments: [1, 2, 3, 7])
    func `every share of every round is done once, by a thread of its own`(count: Int) throws {
        let pool = try ThreadPool(count: count)
        let calls = Mutex<[Share: Int]>([:])
        let threads = Mutex<Set<UInt>>([])
        let body: (Share) -> Void = { share in
            calls.withLock { $0[share, default: 0] += 1 }
            threads.withLock { _ = $0.insert(UInt(pthread_self())) }
        }
        for _ in 0..<200 { pool.run(body) }
        #expect(
            calls.withLock { $0 } == Dictionary(uniqueKeysWithValues: (0..<count).map { (Share($0, of: count), 200) }))
        #expect(threads.withLock { $0.count } == count)
    }

    @Test(arguments: [2, 3, 7])
    func `run returns when all have ended, also after everybody slept`(count: Int) throws {
        let pool = try ThreadPool(count: count)
        let ended = Atomic<Int>(0)
        for round in 1...5 {
            usleep(2000)
            pool.run { share in
                // The caller's own share is the shortest, so that it has to wait.
                usleep(UInt32(500 * share.index))
                ended.add(1, ordering: .relaxed)
            }
            #expect(ended.load(ordering: .relaxed) == round * count)
        }
    }

    @Test func `several callers take turns`() throws {
        let pool = try ThreadPool(count: 3)
        let inside = Atomic<Int>(0)
        let most = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            pool.run { _ in
                let now = inside.add(1, ordering: .relaxed).newValue
                _ = most.max(now, ordering: .relaxed)
                inside.subtract(1, ordering: .relaxed)
            }
        }
        #expect(most.load(ordering: .relaxed) <= 3)
    }

    @Test func `a pool ends its threads`() throws {
        for _ in 0..<50 {
            let pool = try ThreadPool(count: 4)
            pool.run { _ in }
        }
    }

    @Test func `threads treat denormals as the one that started them`() throws {
        let answers = Mutex<[Int32]>([])
        let thread = Thread {
            assay_flush_denormals()
            let pool = try? ThreadPool(count: 3)
            pool?.run { _ in answers.withLock { $0.append(assay_denormals_flushed()) } }
            answers.withLock { $0.append(-1) }
        }
        thread.start()
        while answers.withLock({ $0.last != -1 }) { usleep(100) }
        #expect(answers.withLock { $0 } == [1, 1, 1, -1])
    }

    @Test func `threads stay where they are told to`() throws {
        var allowed = [Int32](repeating: 0, count: 4096)
        let count = Int(assay_affinity(&allowed, 4096))
        let wanted = allowed[..<count].map(Int.init)
        let pool = try ThreadPool(count: 4, on: wanted)
        let seen = Mutex<[Int: [Int32]]>([:])
        pool.run { share in
            guard share.index > 0 else { return }
            var mine = [Int32](repeating: -1, count: 4096)
            let count = Int(assay_affinity(&mine, 4096))
            seen.withLock { $0[share.index] = Array(mine[..<count]) }
        }
        for index in 1..<4 { #expect(seen.withLock { $0[index] } == [Int32(wanted[index % wanted.count])]) }
    }

    @Test func `the pool of a count is shared by the process`() throws {
        #expect(try ThreadPool.shared(3) === ThreadPool.shared(3))
        #expect(try ThreadPool.shared(3) !== ThreadPool.shared(2))
    }
}

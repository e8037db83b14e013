import CPlatform
import Foundation
import Measurement
import Results
import Testing

/// Where samples of the program counter find this program. One at a time: two threads cannot be sampled at once.
///
/// Tests of other modules run in the same process, and may be sampling: then these try again.
@Suite(.serialized) struct CodeSamplesTests {
    /// Some hundredths of a second of this program's own code, with no call.
    @inline(never) private func turn(_ state: inout UInt64) {
        for _ in 0..<100_000 { state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407 }
    }

    private func sample(_ body: () -> Void) -> HotCode {
        for _ in 0..<200 {
            let code = CodeSamples.during(body)
            if code.samples > 0 { return code }
        }
        return HotCode([])
    }

    private func begin(every nanoseconds: Int64) -> Bool {
        for _ in 0..<1000 {
            let result = assay_begin_sampling_code(nanoseconds)
            guard result == -EBUSY else { return result == 0 }
            usleep(10_000)
        }
        return false
    }

    private func samples(in code: HotCode, of object: (String) -> Bool) -> Int {
        code.places.filter { object($0.object) }.reduce(0) { $0 + $1.count }
    }

    @Test func ownCodeIsFoundInTheProgram() {
        var state: UInt64 = 1
        let code = sample { turn(&state) }
        #expect(state != 1)
        #expect(code.samples > 20)
        #expect(samples(in: code, of: \.isEmpty) * 10 > code.samples * 9)
        // A loop of a few instructions, in the addresses of the file and not of this process.
        #expect(code.places.count < 100)
        #expect(code.places.allSatisfy { !$0.object.isEmpty || $0.address < 1 << 32 })
    }

    @Test func codeOfALibraryIsFoundThere() {
        let text = [CChar](repeating: 65, count: 1 << 20) + [0]
        var length = 0
        let code = sample { length += strlen(text) }
        #expect(length > 0)
        #expect(code.samples > 20)
        #expect(samples(in: code) { $0.hasPrefix("/") && $0.contains("libc") } * 10 > code.samples * 7)
    }

    @Test func theBodyRunsOnceWhereItTakesLong() {
        var (calls, state): (Int, UInt64) = (0, 1)
        _ = CodeSamples.during(atLeast: 0.01) {
            calls += 1
            let start = Date()
            while Date().timeIntervalSince(start) < 0.02 { turn(&state) }
        }
        #expect(calls == 1)
        calls = 0
        _ = CodeSamples.during(atLeast: 0) { calls += 1 }
        #expect(calls == 1)
    }

    /// More samples than there is room for leave some of every time: the first half of the time here, and the second there.
    @Test func aLongTimeIsCoveredFromEndToEnd() throws {
        let text = [CChar](repeating: 65, count: 1 << 20) + [0]
        var (state, length): (UInt64, Int) = (1, 0)
        try #require(begin(every: 25_000))
        var places = [UInt64](repeating: 0, count: assay_most_code_samples)
        // Of this thread's own time: a thread that waits for a processor is not seen more than once.
        func used() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
        }
        let start = used()
        while used() - start < 0.25 { turn(&state) }
        while used() - start < 0.5 { length += strlen(text) }
        var (callers, callerCount) = ([UInt64](repeating: 0, count: Int(assay_most_callers)), Int32(0))
        let count = Int(assay_end_sampling_code(&places, &callers, &callerCount))
        #expect(state != 1 && length > 0)
        #expect(count <= assay_most_code_samples)
        let inProgram = places.prefix(count).map { place in
            var object = assay_object()
            return assay_object_at(place, &object) != 0 && object.path.pointee == 0
        }
        // In order, and of both: the program at the beginning, the library at the end.
        let (first, last) = (inProgram.prefix(count / 8), inProgram.suffix(count / 8))
        #expect(first.filter(\.self).count * 2 > first.count)
        #expect(last.filter(\.self).count * 2 < last.count)
    }

    @Test func theSignalIsLeftAsItWas() {
        func disposition() -> (handler: UInt, flags: Int32, isBlocked: Bool) {
            var (action, mask) = (sigaction(), sigset_t())
            sigaction(SIGPROF, nil, &action)
            pthread_sigmask(SIG_BLOCK, nil, &mask)
            let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: UInt.self)
            return (handler, action.sa_flags, sigismember(&mask, SIGPROF) == 1)
        }
        let before = disposition()
        var state: UInt64 = 1
        for _ in 0..<20 { _ = CodeSamples.during(atLeast: 0.001) { turn(&state) } }
        #expect(disposition() == before)

        // A thread that holds the signal back is sampled nevertheless, and then holds it back again.
        var mask = sigset_t()
        sigemptyset(&mask)
        sigaddset(&mask, SIGPROF)
        pthread_sigmask(SIG_BLOCK, &mask, nil)
        #expect(sample { turn(&state) }.samples > 20)
        #expect(disposition().isBlocked)
        pthread_sigmask(SIG_UNBLOCK, &mask, nil)
        // No timer goes on: a signal now would end the program.
        for _ in 0..<50 { turn(&state) }
    }

    @Test func oneThreadIsSampledAtATime() {
        var (state, inner): (UInt64, HotCode?) = (1, nil)
        let outer = sample {
            if inner == nil { inner = CodeSamples.during(atLeast: 0.001) { turn(&state) } }
            turn(&state)
        }
        #expect(inner?.samples == 0)
        #expect(outer.samples > 20)
    }

    @Test func theFloatingPointStateIsUndisturbed() async {
        // On a thread of its own: others of the pool must not inherit it.
        await withCheckedContinuation { done in
            Thread {
                assay_flush_denormals()
                var state: UInt64 = 1
                var flushed = true
                _ = sample {
                    turn(&state)
                    flushed = flushed && assay_denormals_flushed() != 0
                }
                #expect(flushed && assay_denormals_flushed() != 0)
                done.resume()
            }.start()
        }
    }
}

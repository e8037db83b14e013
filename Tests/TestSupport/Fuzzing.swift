import Foundation

/// Feeds a reader with inputs that are damaged by chance, the same on every run.
///
/// It is run in a process of its own, an exit test: whatever goes wrong, a trap too, ends that process, which says on standard
/// error what it was and with which seed. `Fuzzing.run(from: SEED, count: 1)` does it again. Its exit code is 0 all the same:
/// only of such a process exit tests hand on what it wrote.
package enum Fuzzing {
    /// Inputs a reader: as many as `ASSAY_FUZZ` says, or so few that they cost no time.
    package static let count = ProcessInfo.processInfo.environment["ASSAY_FUZZ"].flatMap { Int($0) } ?? 4000

    /// Seconds of processor that an input may take: a hang is longer, and a busy machine makes none.
    package static let mostSeconds = 2
    /// Bytes that the process may have resident at its peak.
    package static let mostMemory = 512 << 20

    /// Something that an input must not lead to.
    package struct Finding: Error {
        let message: String
        package init(_ message: String) { self.message = message }
    }

    /// Runs `body` with a stream of draws for each seed. It returns in a word what became of the input: one of `words`, of which
    /// every one must come up, else the damage tests little. Prints what was seen on standard output. Ends the process where something goes
    /// wrong.
    package static func run(
        from first: Int = 0, count: Int = Fuzzing.count, expecting words: [String],
        _ body: (inout FuzzDraws) throws -> String
    ) {
        catchSignals()
        var seen: [String: Int] = [:]
        for number in first..<first + count {
            seed.pointee = number
            // Asking takes longer than most inputs.
            if number % 50 == 0, peakMemory > mostMemory { end("\(peakMemory >> 20) MiB are resident") }
            limitProcessor(to: mostSeconds)
            do {
                var draws = FuzzDraws(seed: number)
                let word = try body(&draws)
                if !words.contains(word) { end(word) }
                seen[word, default: 0] += 1
            } catch let finding as Finding {
                end("\(finding.message)")
            } catch {
                end("an error of another kind: \(error)")
            }
        }
        limitProcessor(to: 0)
        if peakMemory > mostMemory { end("\(peakMemory >> 20) MiB are resident") }
        for word in words where seen[word] == nil && count >= 1000 { end("no input was \(word)") }
        let tallies = seen.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        print("\(count) inputs: \(tallies); at most \(peakMemory >> 20) MiB")
    }

    /// What went wrong in a process that has ended, nil where nothing did, after what it saw is printed.
    package static func failure(output: [UInt8]?, errors: [UInt8]?) -> String? {
        for line in String(decoding: output ?? [], as: UTF8.self).split(separator: "\n")
        where line.contains(" inputs: ") {
            print(line)
        }
        guard let errors, !errors.isEmpty else { return nil }
        return String(decoding: errors, as: UTF8.self)
    }

    /// The seed of the input that is tried. A handler of signals reads it.
    nonisolated(unsafe) private static let seed = UnsafeMutablePointer<Int>.allocate(capacity: 1)

    private static func end(_ message: String) -> Never {
        FileHandle.standardError.write(Data("seed \(seed.pointee): \(message)\n".utf8))
        exit(EXIT_SUCCESS)
    }

    /// Has traps and the end of the time tell their seed.
    private static func catchSignals() {
        seed.pointee = -1
        // Where the stack is full no handler could run on it.
        var stack = stack_t()
        stack.ss_size = 1 << 16
        stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: stack.ss_size, alignment: 16)
        sigaltstack(&stack, nil)
        for signal in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGPROF] {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { signal in Fuzzing.tell(signal) }
            action.sa_flags = SA_ONSTACK
            sigaction(signal, &action, nil)
        }
    }

    /// Writes the signal and the seed with what is safe to call now, and ends the process.
    private static func tell(_ signal: Int32) -> Never {
        write("signal ")
        write(Int(signal))
        write(signal == SIGPROF ? " (too much time), seed " : ", seed ")
        write(seed.pointee)
        write("\n")
        _exit(EXIT_SUCCESS)
    }

    private static func write(_ text: StaticString) {
        _ = Glibc.write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
    }

    /// A number that is not negative, its first digit first.
    private static func write(_ number: Int) {
        var unit = 1
        while number / unit >= 10 { unit *= 10 }
        while unit > 0 {
            var digit = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: abs(number / unit % 10))
            _ = Glibc.write(STDERR_FILENO, &digit, 1)
            unit /= 10
        }
    }

    private static func limitProcessor(to seconds: Int) {
        var timer = itimerval()
        timer.it_value.tv_sec = seconds
        setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
    }

    /// Of this process alone: what rusage says includes the one that started it.
    private static var peakMemory: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(separator: " ").dropLast().last.flatMap { Int($0) } ?? 0) << 10
    }
}

/// The draws of one input (splitmix64).
package struct FuzzDraws {
    private var state: UInt64

    package init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) &* 0xD134_2543_DE82_EF95 }

    /// A number from 0 to below `bound`.
    package mutating func below(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((z ^ z >> 31) % UInt64(max(bound, 1)))
    }

    /// One of some things.
    package mutating func one<Item>(of items: [Item]) -> Item { items[below(items.count)] }
}

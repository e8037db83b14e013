import Foundation
import Platform
import Testing

@Suite struct ChildProcessTests {
    private func shell(_ text: String, input: String = "", limit: Double = 20, interrupted: () -> Bool = { false })
        throws
        -> ChildProcess.Outcome
    {
        try ChildProcess(executable: "/bin/sh", arguments: ["-c", text], environment: ["ASSAY_PROBE": "yes"])
            .run(input: Data(input.utf8), timeLimit: limit, interrupted: interrupted)
    }

    @Test func inputOutputErrorsAndCode() throws {
        let outcome = try shell("cat; echo $ASSAY_PROBE; echo oops >&2; exit 3", input: "hello ")
        #expect(String(decoding: outcome.output, as: UTF8.self) == "hello yes\n")
        #expect(outcome.errors == "oops\n")
        #expect(outcome.end == .exit(3))
        #expect(outcome.usage.maxResidentBytes > 0)
    }

    @Test func manyBytesDoNotBlock() throws {
        let outcome = try shell("head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2")
        #expect(outcome.output.count == 3_000_000)
        #expect(outcome.errors.utf8.count <= 4096)
        #expect(outcome.end == .exit(0))
    }

    @Test func aChildThatDoesNotReadIsNoHarm() throws {
        for _ in 0..<20 { #expect(try shell("exit 0", input: String(repeating: "x", count: 60_000)).end == .exit(0)) }
        #expect(throws: RunError.self) { try shell("cat", input: String(repeating: "x", count: 70_000)) }
    }

    @Test func aSignalIsNotAnExit() throws {
        #expect(try shell("kill -SEGV $$").end == .signal(SIGSEGV))
    }

    @Test func aChildThatHangsIsKilled() throws {
        #expect(try shell("exec sleep 60", limit: 0.2).end == .timeout)
    }

    @Test func anInterruptKills() throws {
        #expect(try shell("exec sleep 60", interrupted: { true }).end == .interrupted)
    }

    @Test func aProgramThatIsNotThereIsAnError() throws {
        let child = ChildProcess(executable: "/nowhere/at/all", arguments: [])
        let error = #expect(throws: RunError.self) { try child.run(input: Data(), timeLimit: 1) }
        #expect(error?.message.contains("/nowhere/at/all") == true)
    }

    @Test func memoryIsTheChildsOwn() throws {
        // tail keeps all of it, and is waited for by the shell. A child begins at the peak of its parent, which other tests
        // of this process may have moved beyond that.
        let bytes = 1_000_000_000
        let large = try shell("head -c \(bytes) /dev/zero | tail -c \(bytes) > /dev/null").usage
        let small = try shell("exit 0").usage
        #expect(large.maxResidentBytes >= bytes)
        #expect(
            small.maxResidentBytes < max(bytes, try ownPeak() + 1),
            "a later child inherits nothing of an earlier one's peak")
    }

    /// The most that this process has had resident, bytes.
    private func ownPeak() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(Int(line.filter(\.isNumber))) * 1024
    }
}

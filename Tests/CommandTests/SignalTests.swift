import Foundation
import Results
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Signals, as a shell and a scheduler send them.
@Suite struct SignalTests {
    let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Workspace.small, to: "Suites/small.yaml")
    }

    /// Runs a command, which replaces a shell whose child sends a signal once a condition of the shell holds.
    private func run(
        _ arguments: String, after condition: String, signal: String, setting up: String = ":"
    ) async throws -> TerminationStatus {
        let script = """
            \(up)
            (for i in $(seq 600); do \(condition) && break; sleep 0.05; done; kill -\(signal) $$) >/dev/null 2>&1 &
            exec '\(Program.path)' \(arguments)
            """
        return try await Turns.ofPrograms.take {
            try await Subprocess.run(
                .path("/bin/sh"), arguments: ["-c", script],
                environment: .inherit.updating(["XDG_CACHE_HOME": "\(workspace.path)/cache"]),
                workingDirectory: FilePath(workspace.path), output: .discarded, error: .discarded)
        }.terminationStatus
    }

    /// So a loop of the shell ends too, instead of going on to its next turn.
    @Test(arguments: ["INT", "TERM", "HUP"]) func aRunDiesByTheSignalThatStoppedIt(signal: String) async throws {
        let status = try await run(
            "run small --samples 10000 --time-limit 1h --no-report",
            after: "grep -qs '\"ceilings\"' Results/*/*.jsonl", signal: signal)
        #expect(status == .signaled(["INT": SIGINT, "TERM": SIGTERM, "HUP": SIGHUP][signal] ?? 0))
        #expect(try RunFileReader.read("\(workspace.path)/\(try workspace.runFile())").end == nil)
    }

    @Test func aHangupThatIsIgnoredStaysIgnored() async throws {
        let status = try await run(
            "run small --no-report", after: "grep -qs header Results/*/*.jsonl", signal: "HUP",
            setting: "trap '' HUP")
        #expect(status == .exited(0))
        #expect(try RunFileReader.read("\(workspace.path)/\(try workspace.runFile())").end?.measured == 4)
    }
}

import Foundation
import Results
import Testing

/// Signals, as a shell and a scheduler send them.
@Suite struct SignalTests {
    let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Workspace.small, to: "Suites/small.yaml")
    }

    /// Runs a command, which replaces a shell whose child sends a signal once a condition of the shell holds. Returns how
    /// it ended.
    private func run(
        _ arguments: String, after condition: String, signal: String, setting up: String = ":"
    ) async throws -> Int32 {
        try await Program.script(
            """
            \(up)
            (for i in $(seq 600); do \(condition) && break; sleep 0.05; done; kill -\(signal) $$) >/dev/null 2>&1 &
            exec "$ASSAY" \(arguments)
            """, in: workspace.path
        ).code
    }

    /// So a loop of the shell ends too, instead of going on to its next turn.
    @Test(arguments: ["INT", "TERM", "HUP", "QUIT"]) func aRunDiesByTheSignalThatStoppedIt(signal: String) async throws
    {
        let code = try await run(
            "run small --samples 10000 --time-limit 1h --no-report",
            after: "grep -qs '\"ceilings\"' Results/*/*.jsonl", signal: signal)
        #expect(code == ["INT": -SIGINT, "TERM": -SIGTERM, "HUP": -SIGHUP, "QUIT": -SIGQUIT][signal])
        #expect(try RunFileReader.read("\(workspace.path)/\(try workspace.runFile())").end == nil)
    }

    @Test func aDumpThatIsStoppedLeavesNothing() async throws {
        let code = try await run(
            "dump resnet50 --to out", after: "ls -A out | grep -q assay-dump", signal: "INT")
        #expect(code == -SIGINT)
        #expect(workspace.files("out").isEmpty)
        // One that was killed leaves a folder that the next removes.
        try FileManager.default.createDirectory(
            atPath: "\(workspace.path)/out/.assay-dump-abcdef", withIntermediateDirectories: true)
        #expect(try await workspace.run("dump", "add[elements=3]", "--to", "out").code == 0)
        #expect(!FileManager.default.fileExists(atPath: "\(workspace.path)/out/.assay-dump-abcdef"))
    }

    @Test func aHangupThatIsIgnoredStaysIgnored() async throws {
        let code = try await run(
            "run small --no-report", after: "grep -qs header Results/*/*.jsonl", signal: "HUP",
            setting: "trap '' HUP")
        #expect(code == 0)
        #expect(try RunFileReader.read("\(workspace.path)/\(try workspace.runFile())").end?.measured == 4)
    }
}

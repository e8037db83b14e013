import Foundation
import Subprocess
import Testing

/// How the two programs of a comparison come to be.
@Suite struct CompareBuildTests {
    let clone: CompareWorkspace

    init() throws { clone = try CompareWorkspace() }

    @Test func twoCommitsAreBuiltOnceAndCompared() async throws {
        try await clone.commit()
        try await clone.commit(CompareWorkspace.honest, 1)
        let result = try await clone.compare("main~1", "main", "small")
        #expect(result.code == 0, "\(result.errors)\(result.output)")
        #expect(result.output.contains("matmul 9"))
        #expect(result.output.contains("geometric mean"))
        #expect(result.output.contains("of 4 cases 0 slower, 0 faster"))
        #expect(clone.builds == 2)
        try await clone.expectClean()
        let reports = clone.workspace.files("Reports")
        #expect(reports.contains { $0.hasSuffix("compare-small.png") })
        #expect(reports.contains { $0.hasSuffix("compare-small.csv") })

        // Again: nothing is built; the report can be made again from the file alone.
        let again = try await clone.compare("main~1", "small", "--format", "json", "--filter", "nothing")
        #expect(again.code == 0, "\(again.errors)")
        #expect(clone.builds == 2)
        let whole = try JSONSerialization.jsonObject(with: Data(again.output.utf8)) as? [String: Any]
        #expect((whole?["cases"] as? [Any])?.count == 1)
        let file = try #require(clone.workspace.files("Results").first)
        let report = try await clone.workspace.run("report", file, "--to", "again")
        #expect(report.code == 0, "\(report.errors)")
        #expect(clone.workspace.files("again").contains("again/compare-small.csv"))
    }

    @Test func aCommitThatOnlyChangesItsDocumentsIsTheSameProgram() async throws {
        try await clone.commit()
        try clone.workspace.write("words", to: "README.md")
        try await clone.commit()
        let result = try await clone.compare("HEAD~1", "HEAD", "small", "--filter", "nothing", "--format", "markdown")
        #expect(result.code == 0, "\(result.errors)")
        #expect(clone.builds == 1)
        #expect(result.errors.contains("built from the same sources"))
        #expect(result.output.hasPrefix(#"### HEAD\~1"#))
        #expect(result.output.contains("<details>"))
        #expect(result.output.contains("| nothing"))
    }

    /// What the last build made is there for the next: what a commit does not change keeps its time.
    @Test func aBuildTouchesOnlyWhatDiffersFromTheLast() async throws {
        try await clone.commit()
        try await clone.commit(CompareWorkspace.honest, 1)
        let result = try await clone.compare("main~1", "main", "small", "--filter", "nothing")
        #expect(result.code == 0, "\(result.errors)")
        let trees = Set(clone.lines("builds"))
        #expect(clone.builds == 2 && trees.count == 1)
        #expect(Set(clone.lines("times")).count == 1, "\(clone.lines("times"))")
        // The wait is accounted for, and all that the compiler wrote is kept.
        let log = try #require(trees.first).replacing(/tree$/, with: "build.log")
        #expect(result.errors.contains("building main~1 (") && result.errors.contains("is in \(log)"))
        #expect(try String(contentsOfFile: log, encoding: .utf8) == "[1/2] Compiling program\n")
        #expect(clone.lines("arguments").allSatisfy { $0.contains("-align-all-functions=6") })
    }

    @Test func twoComparisonsOnOneCacheBuildOnceAndBothSucceed() async throws {
        try await clone.commit()
        try await clone.commit(CompareWorkspace.honest, 1)
        let (folder, environment) = (clone.workspace.path, clone.environment)
        let arguments = [
            "compare", "main~1", "main", "small", "--filter", "nothing", "--rounds", "7", "--margin", "50%", "--cache",
            clone.cache, "--no-report",
        ]
        async let one = Program.run(arguments, in: folder, environment: environment)
        async let other = Program.run(arguments, in: folder, environment: environment)
        for result in [try await one, try await other] { #expect(result.code == 0, "\(result.errors)") }
        #expect(clone.builds == 2)
    }

    @Test func theWorkingTreeIsComparedWhereItIsAskedFor() async throws {
        try await clone.commit()
        try clone.workspace.write("# changed\n\(CompareWorkspace.honest)\n", to: "Sources/program")
        let refused = try await clone.compare("HEAD")
        #expect(refused.code == 64)
        #expect(refused.errors.contains("write `.`"))
        #expect(clone.builds == 0)
        let result = try await clone.compare("HEAD", ".", "small", "--filter", "nothing", "--format", "csv")
        #expect(result.code == 0, "\(result.errors)")
        #expect(clone.builds == 2)
        #expect(result.output.contains("with changes"))
        try await clone.expectClean()
        #expect(try await clone.git("status", "--porcelain") == " M Sources/program\n")
    }

    @Test func aRevisionThatDoesNotBuildSaysWhyAndWhich() async throws {
        try await clone.commit()
        try clone.workspace.write("", to: "Sources/broken")
        try await clone.commit(CompareWorkspace.honest, 1)
        let result = try await clone.compare("HEAD~1", "HEAD", "small")
        #expect(result.code == 3)
        #expect(result.errors.contains("HEAD (") && result.errors.contains("does not build"))
        #expect(result.errors.contains("error: cannot find 'x' in scope"))
        #expect(!result.errors.contains("[1/2]"))
        #expect(clone.workspace.files("Results").isEmpty)
        try await clone.expectClean()
        // The side that does build is kept.
        _ = try await clone.compare("HEAD~1", "HEAD", "small")
        #expect(clone.builds == 3)
    }

    @Test func aBuildThatIsKilledIsNoFaultOfTheRevision() async throws {
        try clone.workspace.write("", to: "Sources/killed")
        try await clone.commit()
        let result = try await clone.compare("HEAD", "HEAD", "small")
        #expect(result.code == 3)
        #expect(result.errors.contains("was ended by signal 9"), "\(result.errors)")
        #expect(!result.errors.contains("does not build"))
        try await clone.expectClean()
    }

    @Test(arguments: ["INT", "KILL"])
    func aSignalWhileBuildingLeavesNothing(signal: String) async throws {
        try clone.workspace.write("", to: "Sources/slow")
        try await clone.commit()
        let result = try await Subprocess.run(
            .path("/bin/sh"),
            arguments: [
                "-c",
                """
                '\(Program.path)' compare HEAD HEAD small --cache '\(clone.cache)' & pid=$!
                for i in $(seq 200); do [ -e '\(clone.cache)/../started' ] && break; sleep 0.05; done
                kill -\(signal) $pid; wait $pid; echo "code $?"
                """,
            ],
            environment: .inherit.updating(clone.environment), workingDirectory: .init(clone.workspace.path),
            output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
        let code = signal == "INT" ? 130 : 137
        #expect(result.standardOutput.contains("code \(code)"), "\(result.standardOutput)\(result.standardError)")
        try await clone.expectNoBuild()
        try await clone.expectClean()
        // Its lock went with it.
        try FileManager.default.removeItem(atPath: "\(clone.workspace.path)/Sources/slow")
        try await clone.commit()
        let next = try await clone.compare("HEAD", "HEAD", "small", "--filter", "nothing", "--no-report")
        #expect(next.code == 0, "\(next.errors)")
        #expect(!next.errors.contains("waiting"))
    }
}

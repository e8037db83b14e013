import Foundation
import Subprocess
import Testing

/// A clone in which what a revision builds is what its `Sources/program` says: a script in place of the program, most of
/// them handing on to the real one. The compiler is a script too, which counts how often it was asked.
final class CompareWorkspace {
    let workspace: Workspace
    private let tools: String

    /// Hands everything on to the program under test.
    static let honest = "exec '\(Program.path)' \"$@\""

    init() throws {
        workspace = try Workspace()
        tools = NSTemporaryDirectory() + "assay-tools-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
        try workspace.write(Workspace.small, to: "Suites/small.yaml")
        try workspace.write("// manifest", to: "Package.swift")
        try FileManager.default.createDirectory(atPath: "\(workspace.path)/Sources", withIntermediateDirectories: true)
        let compiler = """
            #!/bin/sh
            if [ "$1" = --version ]; then echo 'Swift version 0 (test)'; exit 0; fi
            while [ $# -gt 0 ]; do
              case "$1" in --package-path) tree=$2;; --scratch-path) scratch=$2;; esac
              shift
            done
            echo "$tree" >> '\(tools)/builds'
            if [ -e "$tree/Sources/slow" ]; then echo started > '\(tools)/started'; sleep 60; fi
            if [ -e "$tree/Sources/broken" ]; then
              echo "[1/2] Compiling"; echo "main.swift:3:7: error: cannot find 'x' in scope"; exit 1
            fi
            mkdir -p "$scratch/release"
            { echo '#!/bin/sh'; cat "$tree/Sources/program"; } > "$scratch/release/assay"
            chmod +x "$scratch/release/assay"
            """
        try compiler.write(toFile: "\(tools)/swift", atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(tools)/swift")
    }

    deinit { try? FileManager.default.removeItem(atPath: tools) }

    var builds: Int {
        (try? String(contentsOfFile: "\(tools)/builds", encoding: .utf8))?.split(separator: "\n").count ?? 0
    }

    var cache: String { "\(tools)/cache" }
    var buildHasStarted: Bool { FileManager.default.fileExists(atPath: "\(tools)/started") }

    /// What a comparison may leave: nothing in the workshop, one worktree.
    func expectClean() async throws {
        let work = (try? FileManager.default.contentsOfDirectory(atPath: "\(cache)/work")) ?? []
        #expect(work.isEmpty)
        let trees = try await git("worktree", "list")
        #expect(trees.split(separator: "\n").count == 1)
    }

    /// Commits a program; the number makes it another one.
    func commit(_ program: String = CompareWorkspace.honest, _ number: Int = 0) async throws {
        try workspace.write("# \(number)\n\(program)\n", to: "Sources/program")
        if !FileManager.default.fileExists(atPath: "\(workspace.path)/.git") {
            try await git("init", "--quiet", "--initial-branch=main")
            try workspace.write("/Results\n/Reports\n", to: ".gitignore")
        }
        try await git("add", "--all")
        try await git(
            "-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "--quiet", "-m", "Number \(number)")
    }

    @discardableResult func git(_ arguments: String...) async throws -> String {
        let result = try await Subprocess.run(
            .name("git"), arguments: Arguments(["-C", workspace.path] + arguments), output: .string(limit: 1 << 16),
            error: .discarded)
        return result.standardOutput
    }

    var environment: [Environment.Key: String?] {
        ["PATH": "\(tools):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"]
    }

    /// Runs `assay compare`, a few rounds of every case.
    func compare(_ arguments: String...) async throws -> Program.Result {
        try await Program.run(
            ["compare"] + arguments + ["--cache", cache, "--rounds", "7", "--margin", "50%", "--seed", "1"],
            in: workspace.path, environment: environment)
    }
}

@Suite struct CompareTests {
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
        #expect(result.errors.contains("built of the same sources"))
        #expect(result.output.hasPrefix("### HEAD~1"))
        #expect(result.output.contains("<details>"))
        #expect(result.output.contains("| nothing"))
    }

    @Test func theWorkingTreeIsComparedWhereItIsAskedFor() async throws {
        try await clone.commit()
        try clone.workspace.write("# changed\n\(CompareWorkspace.honest)\n", to: "Sources/program")
        let refused = try await clone.compare("HEAD")
        #expect(refused.code == 64)
        #expect(refused.errors.contains("say `.`"))
        #expect(clone.builds == 0)
        let result = try await clone.compare("HEAD", ".", "small", "--filter", "nothing", "--format", "csv")
        #expect(result.code == 0, "\(result.errors)")
        #expect(clone.builds == 2)
        #expect(result.output.contains("with changes"))
        try await clone.expectClean()
        #expect(try await clone.git("status", "--porcelain") == " M Sources/program\n")
    }

    @Test func aCrashIsNotASlowdown() async throws {
        try await clone.commit()
        let crashing = """
            if [ "$1" = worker ]; then
              read line
              case "$line" in *takeTurns*matmul*) kill -SEGV $$;; esac
              echo "$line" | exec '\(Program.path)' worker
            fi
            """
        try await clone.commit(crashing, 1)
        let result = try await clone.compare("HEAD~1", "HEAD", "small", "--filter", "matmul")
        #expect(result.code == 3, "\(result.errors)")
        #expect(result.output.contains("could not measure HEAD: crashed, Segmentation fault"))
        #expect(result.output.contains("assay run --case"))
        #expect(result.output.contains("nothing was compared"))
    }

    @Test func aProgramThatIsSlowerIsARegression() async throws {
        try await clone.commit()
        // Its workers are told to do more.
        let burdened = """
            [ "$1" = worker ] || exit 64
            { read line; echo "$line" | sed 's/"slowdown":0,/"slowdown":0.9,/'; cat; } | '\(Program.path)' worker
            """
        try await clone.commit(burdened, 1)
        let result = try await clone.compare("HEAD~1", "HEAD", "small", "--filter", "m=9")
        #expect(result.code == 1, "\(result.errors)\(result.output)")
        #expect(result.output.contains("of 1 case 1 slower (matmul 9, openblas: "))
    }

    @Test func aWrongAnswerHasACodeOfItsOwn() async throws {
        try await clone.commit()
        let wrong = """
            read line
            case "$line" in
            *takeTurns*) echo '{"failed":{"_0":{"kind":"disagrees","message":"y[0] is 1, the reference 2"}}}';;
            *) echo "$line" | exec '\(Program.path)' worker;;
            esac
            """
        try await clone.commit(wrong, 1)
        let result = try await clone.compare("HEAD~1", "HEAD", "small", "--filter", "m=9")
        #expect(result.code == 2, "\(result.errors)")
        #expect(result.output.contains("could not measure HEAD: disagrees, y[0] is 1, the reference 2"))
        // A base that was wrong cannot be compared with, and is no fault of the head.
        let mended = try await clone.compare("HEAD", "HEAD~1", "small", "--filter", "m=9")
        #expect(mended.code == 3, "\(mended.errors)")
    }

    @Test func fewRoundsAreInconclusiveWhichStrictSays() async throws {
        try await clone.commit()
        let arguments = [
            "compare", "HEAD", "HEAD", "small", "--filter", "m=9", "--rounds", "2", "--cache", clone.cache,
        ]
        let lenient = try await Program.run(arguments, in: clone.workspace.path, environment: clone.environment)
        #expect(lenient.code == 0, "\(lenient.errors)")
        #expect(lenient.output.contains("inconclusive, "))
        let strict = try await Program.run(
            arguments + ["--strict"], in: clone.workspace.path, environment: clone.environment)
        #expect(strict.code == 4, "\(strict.errors)")
    }

    @Test func ctrlCWhileMeasuringKeepsTheRounds() async throws {
        try await clone.commit()
        let result = try await Subprocess.run(
            .path("/bin/sh"),
            arguments: [
                "-c",
                """
                '\(Program.path)' compare HEAD HEAD small --rounds 10000 --budget 1h --cache '\(clone.cache)' & pid=$!
                for i in $(seq 600); do grep -qs '"round"' Results/*/comparisons/*.jsonl && break; sleep 0.05; done
                kill -INT $pid; wait $pid; echo "code $?"
                """,
            ],
            environment: .inherit.updating(clone.environment), workingDirectory: .init(clone.workspace.path),
            output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
        #expect(result.standardOutput.contains("code 130"), "\(result.standardOutput)\(result.standardError)")
        #expect(result.standardOutput.contains("it was cut off"))
        #expect(result.standardError.contains("are kept"))
        #expect(clone.workspace.files("Results").count == 1)
        try await clone.expectClean()
    }

    @Test func anOldProgramThatCannotTakeTurnsIsComparedAllTheSame() async throws {
        // As the first versions: what they do not understand they refuse.
        let old = """
            if [ "$1" != worker ]; then exec '\(Program.path)' "$@"; fi
            read line
            case "$line" in *'"version":2'*) echo 'no request on standard input' >&2; exit 3;; esac
            echo "$line" | exec '\(Program.path)' worker
            """
        try await clone.commit(old)
        try await clone.commit(CompareWorkspace.honest, 1)
        let result = try await clone.compare("HEAD~1", "HEAD", "small", "--filter", "nothing|m=8")
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.errors.contains("too old to take turns"))
        #expect(result.output.contains("of 2 cases 0 slower"))
    }

    @Test func aProgramFromBeforeTheProtocolIsRefused() async throws {
        try await clone.commit("echo \"unknown command $1\" >&2; exit 64")
        try await clone.commit(CompareWorkspace.honest, 1)
        let result = try await clone.compare("HEAD~1", "HEAD", "small")
        #expect(result.code == 64)
        #expect(result.errors.contains("HEAD~1 cannot be compared"))
        #expect(clone.workspace.files("Results").isEmpty)
        try await clone.expectClean()
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

    @Test func ctrlCWhileBuildingLeavesNothing() async throws {
        try clone.workspace.write("", to: "Sources/slow")
        try await clone.commit()
        let result = try await Subprocess.run(
            .path("/bin/sh"),
            arguments: [
                "-c",
                """
                '\(Program.path)' compare HEAD HEAD small --cache '\(clone.cache)' & pid=$!
                for i in $(seq 200); do [ -e '\(clone.cache)/../started' ] && break; sleep 0.05; done
                kill -INT $pid; wait $pid; echo "code $?"
                """,
            ],
            environment: .inherit.updating(clone.environment), workingDirectory: .init(clone.workspace.path),
            output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
        #expect(clone.buildHasStarted)
        #expect(result.standardOutput.contains("code 130"), "\(result.standardOutput)\(result.standardError)")
        try await clone.expectClean()
    }

    @Test(arguments: [
        (["nothing-like-it", "HEAD"], "there is no revision 'nothing-like-it'"),
        (["HEAD", "smal"], "neither a revision nor a suite"),
        (["HEAD", "HEAD", "smal"], "did you mean 'small'?"),
        (["HEAD", "HEAD", "small", "--filter", "nothing-like-it"], "nothing is left"),
        (["HEAD", "HEAD", "small", "--margin", "much"], "2%"),
        (["HEAD", "HEAD", "small", "--budget", "soon"], "500ms"),
        (["HEAD", "HEAD", "--case", "nothing[]"], "no side knows"),
        (["a.jsonl", "HEAD"], "two files"),
    ])
    func badInputIsRefused(arguments: [String], words: String) async throws {
        try await clone.commit()
        let result = try await Program.run(
            ["compare"] + arguments + ["--cache", clone.cache], in: clone.workspace.path, environment: clone.environment
        )
        #expect(result.code == 64, "\(result.errors)")
        #expect(result.errors.contains(words), "\(result.errors)")
        #expect(result.output.isEmpty)
        #expect(clone.workspace.files("Results").isEmpty)
    }

    @Test func runFilesAreComparedToo() async throws {
        for _ in 0..<2 { _ = try await clone.workspace.run("run", "small", "--no-report", "--samples", "9") }
        let files = clone.workspace.files("Results")
        try #require(files.count == 2)
        let result = try await Program.run(
            ["compare"] + files + ["--margin", "90%", "--no-report"], in: clone.workspace.path)
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output.contains("each side was measured by itself"))
        #expect(result.output.contains("geometric mean"))
        let none = try await Program.run(["compare", files[0], "none.jsonl"], in: clone.workspace.path)
        #expect(none.code == 3)
    }

    @Test func aSelfTestFindsWhatWasAddedAndNothingElse() async throws {
        let result = try await clone.workspace.run(
            "selftest", "small", "--filter", "m=9|null", "--rounds", "15", "--slowdown", "90%", "--slow", "matmul 9",
            "--margin", "30%")
        #expect(result.code == 0, "\(result.errors)\(result.output)")
        #expect(result.output.contains("1 of 1 slowed cases were called slower"))
        #expect(result.output.contains("no false alarms in 1 comparison"))
        let strange = try await clone.workspace.run("selftest", "small", "--slow", "matmul")
        #expect(strange.code == 64)
    }
}

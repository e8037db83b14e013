import Foundation
import Subprocess
import Testing

@Suite struct CompareTests {
    let clone: CompareWorkspace

    init() throws { clone = try CompareWorkspace() }

    @Test func severalLinksOfEachSideTakeTurns() async throws {
        try await clone.commit()
        try await clone.commit(CompareWorkspace.honest, 1)
        let result = try await clone.compare(
            "main~1", "main", "small", "--filter", "nothing", "--layouts", "2", "--no-report")
        #expect(result.code == 0, "\(result.errors)")
        #expect(clone.builds == 4)
        #expect(clone.lines("arguments").count { $0.contains("--shuffle-sections=.text*=1") } == 2)
        let file = try #require(clone.workspace.files("Results").first)
        let rounds = try String(contentsOfFile: "\(clone.workspace.path)/\(file)", encoding: .utf8)
        for pair in ["\"base\":0,\"head\":0", "\"base\":0,\"head\":1", "\"base\":1,\"head\":0"] {
            #expect(rounds.contains("\"layouts\":{\(pair)}"), "\(rounds.prefix(4000))")
        }
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
        #expect(result.standardOutput.contains("was cut off"))
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

    @Test(arguments: [
        (["nothing-like-it", "HEAD"], "there is no revision 'nothing-like-it'"),
        (["HEAD", "smal"], "neither a revision nor a suite"),
        (["HEAD", "HEAD", "smal"], "did you mean 'small'?"),
        (["HEAD", "HEAD", "small", "--filter", "nothing-like-it"], "'nothing-like-it' matches no case"),
        (["HEAD", "HEAD", "small", "--margin", "much"], "2%"),
        (["HEAD", "HEAD", "small", "--budget", "soon"], "500ms"),
        (["HEAD", "HEAD", "small", "smal"], "neither side has a suite 'smal'; did you mean 'small'?"),
        (["HEAD", "HEAD", "--suite", "smal"], "did you mean 'small'?"),
        (["HEAD", "HEAD", "Suites/smal.yaml"], "there is no suite"),
        (["HEAD", "HEAD", "small", "--implementation", "opnblas"], "has this implementation"),
        (["HEAD", "HEAD", "--case", "nothing[]"], "neither side knows"),
        (["HEAD", "HEAD", "--case", "matmul[m=8,k=8,n=8]/opnblas"], "did you mean 'openblas'?"),
        (["HEAD", "HEAD", "--case", "matmul[m=0,k=8,n=8]/openblas"], "neither side knows"),
        (["a.jsonl", "b.jsonl", "--suite", "small"], "--suite is for revisions"),
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
        #expect(clone.builds == 0, "what cannot be right is found before it costs a build")
        #expect(clone.workspace.files("Results").isEmpty)
    }

    @Test func runFilesAreComparedToo() async throws {
        for _ in 0..<2 { _ = try await clone.workspace.run("run", "small", "--no-report", "--samples", "9") }
        let files = clone.workspace.runFiles
        try #require(files.count == 2)
        let result = try await Program.run(
            ["compare"] + files + ["--margin", "90%", "--no-report"], in: clone.workspace.path)
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output.contains("each side was measured separately"))
        #expect(result.output.contains("geometric mean"))
        // Named after both: another base does not overwrite it. Nothing was measured, so no run file was written.
        let reported = try await Program.run(["compare"] + files + ["--margin", "90%"], in: clone.workspace.path)
        let stems = files.map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent }
        #expect(
            clone.workspace.files("Reports").contains {
                $0.hasSuffix("/comparisons/\(stems[0])-to-\(stems[1])/compare-small.png")
            }, "\(reported.errors)")
        #expect(!reported.errors.split(separator: "\n").contains { $0 == files[1] })
        let itself = try await Program.run(["compare", files[0], "./\(files[0])"], in: clone.workspace.path)
        #expect(itself.code == 64 && itself.errors.contains("both sides are the same file"), "\(itself.errors)")
        let one = try await Program.run(
            ["compare"] + files + ["--margin", "90%", "--no-report", "--case", "matmul[m=9,k=8,n=8]/openblas"],
            in: clone.workspace.path)
        #expect(one.output.contains("of 1 case"), "\(one.errors)\(one.output)")
        let strange = try await Program.run(["compare"] + files + ["--case", "nothing[]"], in: clone.workspace.path)
        #expect(strange.code == 64 && strange.errors.contains("neither run file has a case 'nothing[]'"))
        let none = try await Program.run(["compare", files[0], "none.jsonl"], in: clone.workspace.path)
        #expect(none.code == 3)
    }

    /// What is missing may have become worse; the verdicts of the rest are shown all the same.
    @Test func runFilesThatAreNotWholeAreNoPass() async throws {
        _ = try await clone.workspace.run("run", "small", "--no-report", "--samples", "9")
        let file = try clone.workspace.runFile()
        let text = try clone.workspace.text(file)
        var zero = text
        let times = try #require(text.firstMatch(of: /"seconds":\[([^\]]*)\]/))
        let count = times.1.split(separator: ",").count
        zero.replaceSubrange(
            times.range, with: "\"seconds\":[\(Array(repeating: "0", count: count).joined(separator: ","))]")
        let inputs = [
            ("damaged", text.replacing("\"seconds\":[", with: "\"seconds\":[NaN,", maxReplacements: 1), "is damaged"),
            ("cut", String(text.prefix(text.utf8.count * 2 / 3)), "cut.jsonl was cut off"),
            ("zero", zero, "its median time is zero in zero.jsonl"),
        ]
        for (name, content, words) in inputs {
            try clone.workspace.write(content, to: "\(name).jsonl")
            let result = try await clone.workspace.run(
                "compare", file, "\(name).jsonl", "--margin", "90%", "--no-report")
            #expect(result.code == 3, "\(name): \(result.errors)")
            #expect((result.output + result.errors).contains(words), "\(name): \(result.output)\(result.errors)")
            #expect(result.output.contains("geometric mean"))
            #expect(!result.output.contains("only zero.jsonl has"))
        }
    }
}

import Foundation
import Platform
import Results
import Testing

/// What reaches a terminal: no control characters of others, and no line that is too wide to be taken back.
@Suite struct TerminalTests {
    let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Workspace.small, to: "Suites/small.yaml")
    }

    @Test func labelsAreOneLineWithoutControlCharacters() async throws {
        try workspace.write(
            #"""
            title: "T\e[31m\nsecond"
            cases:
              - { kernel: matmul, label: "two\nlines", with: { m: 4, k: 4, n: 4 }, implementations: native }
              - { kernel: matmul, label: "\e[31mred\e]0;title\a", with: { m: 5, k: 4, n: 4 }, implementations: native }
            """#, to: "s.yaml")
        let run = try await workspace.run("run", "s.yaml", "--samples", "6", "--no-report")
        #expect(run.code == 0)
        let told = run.errors.split(separator: "\n").filter { $0.contains("native") }
        #expect(
            told.count == 2 && told[0].hasPrefix("[1/2] two lines, native: ") && told[1].hasPrefix("[2/2]  [31mred"))
        for command in [["show", "s.yaml"], ["run", "s.yaml", "--list"], ["show", "s.yaml", "--filter", "x\u{1B}y"]] {
            let result = try await Program.run(command, in: workspace.path)
            #expect(!(result.output + result.errors + run.output + run.errors).contains("\u{1B}"))
        }
        // Nor do words of the command line that are wrong.
        let wrong = try await workspace.run("run", "small", "--format", "\u{1B}[31m")
        #expect(wrong.code == 64 && wrong.errors.contains("[31m") && !wrong.errors.contains("\u{1B}"))
    }

    /// The columns of a line, wide characters counted twice.
    private func columns(_ line: Substring) -> Int {
        line.unicodeScalars.reduce(0) { $0 + ((0x2E80...0xFFEF).contains($1.value) ? 2 : 1) }
    }

    @Test func theChangingLineFitsTheTerminal() async throws {
        try workspace.write(
            """
            cases:
              - { kernel: matmul, label: "行列の積の計算を測定する長い名前の試験 {m}", with: { k: 16, n: 16 }, sweep: { m: [8, 16] }, implementations: native }
            """, to: "s.yaml")
        func onTerminal(_ kind: String) async throws -> String {
            try await Program.script(
                "script -qec \"stty cols 50; TERM=\(kind) '\(Program.path)' run s.yaml --samples 6 --no-report --results \(kind)\" /dev/null",
                in: workspace.path
            ).output
        }
        let changing = try await onTerminal("xterm").components(separatedBy: "\r\u{1B}[2K").dropFirst()
        let lines = changing.map { $0.prefix { $0 != "\r" && $0 != "\r\n" && $0 != "\n" } }
        #expect(lines.contains { $0.hasPrefix("[1/2") && $0.contains("…") })
        #expect(lines.allSatisfy { columns($0) < 50 }, "\(lines)")
        let dumb = try await onTerminal("dumb")
        #expect(dumb.contains("[1/2] ") && !dumb.contains("\u{1B}"))
    }

    /// `assay run | head -1`: what nobody reads is dropped, all else is done.
    @Test func aReaderThatLeavesEndsNothing() async throws {
        let code = try await Program.script(
            "{ \"$ASSAY\" run small --format csv; echo $? > code; } | true; cat code", in: workspace.path
        ).output
        #expect(code == "0\n")
        let run = try RunFileReader.read("\(workspace.path)/\(try workspace.runFile())")
        #expect(run.end?.measured == 4)
        #expect(workspace.files("Reports").contains { $0.hasSuffix(".png") })
    }

    /// Results that cannot be written cost no report.
    @Test func aFullDiskBehindStandardOutputLosesNoReport() async throws {
        #expect(try await Program.shell("run small >/dev/full", in: workspace.path) == 3)
        #expect(workspace.files("Reports").contains { $0.hasSuffix(".png") })
        for words in ["--help", "--version", "help run"] {
            #expect(try await Program.shell("\(words) >/dev/full", in: workspace.path) == 3)
        }
    }

    /// A name cannot make lines of its own.
    @Test func anErrorIsOneLine() async throws {
        let result = try await workspace.run("compare", "HEAD\nerror: forged", "HEAD")
        #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
}

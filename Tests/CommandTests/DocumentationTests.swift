import Foundation
import Subprocess
import Testing

/// The README, the documents and the help: every command in them runs, and what they name is there.
@Suite struct DocumentationTests {
    private static let subcommands = [
        "list", "show", "run", "compare", "history", "profile", "report", "dump", "doctor", "selftest", "check",
    ]

    /// Stands before the program on the path. What would take minutes is only planned: its words are parsed, and the suites,
    /// cases and revisions they name are found.
    private static let quickened = """
        #!/bin/sh
        for word; do shift; [ "$word" = --resume ] || set -- "$@" "$word"; done
        case " $* " in
          *" --list "* | *.jsonl\\ *) ;;
          " run "*" --case "*) set -- "$@" --samples 1 ;;
          " profile "*) set -- "$@" --samples 2 ;;
          " run "* | " compare "* | " selftest "*) set -- "$@" --list ;;
        esac
        exec "$ASSAY" "$@"
        """

    /// What a revision builds: `history --measure` runs suites with it.
    private static let program = """
        if [ "$1" = run ]; then set -- "$@" --filter 'softmax|grouped g32' --implementation native --samples 7 --no-report; fi
        \(CompareWorkspace.honest)
        """

    /// A clone with a history, two run files and the checked-in run; the last two of its six commits have suites.
    private static func prepare() async throws -> CompareWorkspace {
        let clone = try CompareWorkspace()
        let (files, path) = (FileManager.default, clone.workspace.path)
        for number in 1...4 { try await clone.commit(program, number) }
        try files.removeItem(atPath: "\(path)/Suites")
        try files.copyItem(atPath: "\(Program.repository)/Suites", toPath: "\(path)/Suites")
        let cases = "Tests/CommandTests/Reference/graphs"
        try files.createDirectory(atPath: "\(path)/Tests/CommandTests/Reference", withIntermediateDirectories: true)
        try files.copyItem(atPath: "\(Program.repository)/\(cases)", toPath: "\(path)/\(cases)")
        try clone.workspace.write("/Results\n/Reports\n/Tests\n/cache\n/*.jsonl\n", to: ".gitignore")
        for number in 5...6 { try await clone.commit(program, number) }
        try files.createDirectory(atPath: "\(path)/Results", withIntermediateDirectories: true)
        try files.copyItem(atPath: "\(Program.repository)/Results/example", toPath: "\(path)/Results/example")
        let run = try #require(clone.workspace.runFiles.first)
        for name in ["a", "b"] { try files.copyItem(atPath: "\(path)/\(run)", toPath: "\(path)/\(name).jsonl") }
        try files.createDirectory(atPath: "\(path)/cache/bin", withIntermediateDirectories: true)
        try clone.workspace.write(quickened, to: "cache/bin/assay")
        try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(path)/cache/bin/assay")
        return clone
    }

    /// Runs lines of the shell one after the other, each once.
    private static func run(_ lines: [(place: String, text: String)]) async throws {
        let clone = try await prepare()
        let path = try #require(clone.environment["PATH"] ?? nil)
        var seen: Set<String> = []
        for line in lines where seen.insert(Self.command(of: line.text)).inserted {
            let result = try await Program.script(
                "PATH='\(clone.workspace.path)/cache/bin:\(path)'; \(line.text)", in: clone.workspace.path)
            #expect(result.code == 0, "\(line.place): \(line.text)\n\(result.errors)")
        }
    }

    /// Without the comment behind it.
    private static func command(of line: String) -> String {
        line.prefix { $0 != "#" }.trimmingCharacters(in: .whitespaces)
    }

    @Test func everyCommandOfADocumentRuns() async throws {
        var lines: [(place: String, text: String)] = []
        for document in try Document.all {
            for block in document.blocks where block.language == "sh" {
                for (index, text) in block.lines.enumerated() where !text.hasPrefix("#") {
                    let place = "\(document.name):\(block.line + index)"
                    switch text.prefix(while: { $0 != " " }) {
                    case "assay", "export": lines.append((place, text))
                    case "make": break
                    default: Issue.record("\(place): '\(text)' is no command of Assay")
                    }
                }
            }
        }
        #expect(lines.count > 30)
        try await Self.run(lines)
    }

    @Test func everyExampleOfTheHelpRuns() async throws {
        var lines: [(place: String, text: String)] = []
        for command in Self.subcommands {
            let help = try await Program.run(["help", command], in: Program.repository).output
            lines += help.split(separator: "\n").filter { $0.hasPrefix("  assay ") }.map { (command, String($0)) }
        }
        #expect(lines.count > 20)
        try await Self.run(lines)
    }

    @Test func everyBlockIsOfAKindThatIsLookedAt() async throws {
        let workspace = try Workspace()
        for document in try Document.all {
            for block in document.blocks {
                let place = "\(document.name):\(block.line)"
                #expect(["sh", "text", "yaml", "swift", "python"].contains(block.language), "\(place)")
                guard block.language == "yaml" else { continue }
                try workspace.write(block.lines.joined(separator: "\n"), to: "Suites/block.yaml")
                let result = try await workspace.run("show", "block")
                #expect(result.code == 0, "\(place): \(result.errors)")
            }
        }
    }

    /// Commands, options and targets inside of sentences.
    @Test func whatSentencesNameIsThere() async throws {
        var helps: [String: String] = [:]
        for command in Self.subcommands {
            helps[command] = try await Program.run(["help", command], in: Program.repository).output
        }
        let everyHelp = helps.values.joined() + "--emit-relocs --shuffle-sections --version --help"
        let makefile = try String(contentsOfFile: "\(Program.repository)/Makefile", encoding: .utf8)
        for document in try Document.all {
            let lines = document.blocks.filter { $0.language == "sh" }.flatMap(\.lines)
            for code in document.spans + lines {
                var words = code.split(whereSeparator: \.isWhitespace).map(String.init)
                if words.first == "make", words.count > 1 {
                    #expect(makefile.contains("\n\(words[1]):"), "\(document.name): \(code)")
                }
                if words.first == "assay", words.count > 1 {
                    words.removeFirst()
                    #expect(helps[words[0]] != nil || words[0] == "help", "\(document.name): \(code)")
                }
                let help = words.first.flatMap { helps[$0] } ?? everyHelp
                for option in words where option.hasPrefix("--") && option.contains(where: \.isLetter) {
                    #expect(help.contains(option.prefix { $0 != "=" }), "\(document.name): \(code)")
                }
            }
        }
    }

    @Test func everyLinkLeadsSomewhere() throws {
        for document in try Document.all {
            let folder = URL(fileURLWithPath: "\(Program.repository)/\(document.name)").deletingLastPathComponent()
            for link in document.links where !link.contains("://") {
                #expect(
                    FileManager.default.fileExists(atPath: folder.appendingPathComponent(link).path),
                    "\(document.name): \(link)")
            }
        }
    }

    @Test func theREADMENamesEverySuite() throws {
        let suites = try FileManager.default.contentsOfDirectory(atPath: "\(Program.repository)/Suites")
        let text = try String(contentsOfFile: "\(Program.repository)/README.md", encoding: .utf8)
        for suite in suites { #expect(text.contains("\n| `\(suite.dropLast(5))` |"), "\(suite)") }
    }
}

import Foundation
import Results
import Subprocess
import Testing

/// Run files say which program was measured, wherever it ran.
@Suite struct ProvenanceTests {
    private func git(_ arguments: [String], in folder: String) async throws -> String {
        let identity = ["-c", "user.name=n", "-c", "user.email=e@e"]
        let result = try await Subprocess.run(
            .name("git"), arguments: Arguments(["-C", folder] + identity + arguments), output: .string(limit: 1 << 16),
            error: .discarded)
        return result.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private func header(_ workspace: Workspace) async throws -> RunHeader {
        let result = try await workspace.run("run", "small", "--filter", "nothing", "--no-report")
        #expect(result.code == 0)
        return try RunFileReader.header(of: "\(workspace.path)/\(try workspace.runFile())")
    }

    @Test func aForeignRepositoryIsNotTheCommit() async throws {
        let (plain, foreign) = (try Workspace(), try Workspace())
        for workspace in [plain, foreign] { try workspace.write(Workspace.small, to: "Suites/small.yaml") }
        _ = try await git(["init", "-q"], in: foreign.path)
        _ = try await git(["add", "-A"], in: foreign.path)
        _ = try await git(["commit", "-q", "-m", "not Assay"], in: foreign.path)
        let head = try await git(["rev-parse", "HEAD"], in: foreign.path)
        #expect(head.count == 40)
        let (here, there) = (try await header(plain), try await header(foreign))
        #expect(there.commit?.hash != head)
        #expect(there.commit == here.commit && there.sources == here.sources && here.sources?.isEmpty == false)
    }

    /// The build plugin of this repository, in a package that builds faster: a build that only compiles what changed names
    /// what is there now, not what was there when it was planned.
    @Test func aProgramThatIsBuiltAgainNamesItsSources() async throws {
        let folder = NSTemporaryDirectory() + "assay-provenance-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        for name in ["small", "Record"] {
            try FileManager.default.createDirectory(
                atPath: "\(folder)/Sources/\(name)", withIntermediateDirectories: true)
        }
        try FileManager.default.copyItem(
            atPath: "\(repository)/Sources/Record/Provenance", toPath: "\(folder)/Sources/Record/Provenance")
        try """
        // swift-tools-version: 6.0
        import PackageDescription
        let package = Package(
            name: "small",
            targets: [
                .executableTarget(name: "small", plugins: ["Provenance"]),
                .plugin(name: "Provenance", capability: .buildTool(), path: "Sources/Record/Provenance"),
            ])
        """.write(toFile: "\(folder)/Package.swift", atomically: true, encoding: .utf8)
        let main = "\(folder)/Sources/small/main.swift"
        let text = "print(BuiltFrom.commit, BuiltFrom.hasChanges, BuiltFrom.sources)\n"
        try text.write(toFile: main, atomically: true, encoding: .utf8)
        try ".build\nignored.swift\n.*.swift\n".write(
            toFile: "\(folder)/.gitignore", atomically: true, encoding: .utf8)
        // Hidden, as editors leave it: nobody compiles it.
        try "".write(toFile: "\(folder)/Sources/small/.main.swift", atomically: true, encoding: .utf8)
        func commit() async throws -> String {
            _ = try await git(["add", "-A"], in: folder)
            _ = try await git(["commit", "-q", "-m", "x", "--allow-empty"], in: folder)
            return try await git(["rev-parse", "HEAD"], in: folder)
        }
        func built() async throws -> [Substring] {
            let result = try await Turns.ofPrograms.take {
                try await Subprocess.run(
                    .name("swift"), arguments: ["run", "--package-path", folder, "--quiet", "small"],
                    output: .string(limit: 1 << 16), error: .string(limit: 1 << 16))
            }
            #expect(result.terminationStatus == .exited(0), "\(result.standardError)")
            return result.standardOutput.split(whereSeparator: \.isWhitespace)
        }
        _ = try await git(["init", "-q"], in: folder)
        let first = try await commit()
        let clean = try await built()
        #expect(clean.count == 3 && clean[0] == first && clean[1] == "false")
        try ("// A change.\n" + text).write(toFile: main, atomically: true, encoding: .utf8)
        let changed = try await built()
        #expect(changed.count == 3 && changed[0] == first && changed[1] == "true" && changed[2] != clean[2])
        let second = try await commit()
        let committed = try await built()
        #expect(committed.count == 3 && committed[0] == second && committed[1] == "false")
        #expect(committed.last == changed.last)
        // What git is told not to look at is compiled, and so a change.
        try "let more = 1\n".write(
            toFile: "\(folder)/Sources/small/ignored.swift", atomically: true, encoding: .utf8)
        let more = try await built()
        #expect(more.count == 3 && more[0] == second && more[1] == "true")
    }
}

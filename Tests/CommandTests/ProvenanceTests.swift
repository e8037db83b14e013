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
}

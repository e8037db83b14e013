import Foundation
import Results
import Subprocess

extension RunHeader.Commit {
    /// The commit checked out in a folder, or nil where there is no git, no repository or no commit.
    package static func read(in folder: String) async -> RunHeader.Commit? {
        guard let hash = await git(["rev-parse", "HEAD"], in: folder) else { return nil }
        // Results and reports are what a run writes: they do not change what was measured.
        let status = await git(["status", "--porcelain", "--", ".", ":!Results", ":!Reports"], in: folder)
        return RunHeader.Commit(hash: hash, dirty: status?.isEmpty == false)
    }

    private static func git(_ arguments: [String], in folder: String) async -> String? {
        let result = try? await Subprocess.run(
            .name("git"), arguments: Arguments(["-C", folder] + arguments), output: .string(limit: 1 << 20),
            error: .discarded)
        guard let result, result.terminationStatus.isSuccess else { return nil }
        return result.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

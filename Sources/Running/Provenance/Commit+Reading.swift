import Foundation
import Results
import Subprocess

extension RunHeader.Commit {
    /// The commit checked out in a folder, and whether its sources hold changes that no commit has. Nil if there is no git,
    /// no repository or no commit, or if the folder is not the uppermost of its repository.
    ///
    /// Only asks: the index is not refreshed, and nothing that the repository configures is run.
    static func read(in folder: String) async -> RunHeader.Commit? {
        guard await git(["rev-parse", "--show-prefix"], in: folder)?.isEmpty == true,
            let hash = await git(["rev-parse", "--verify", "HEAD"], in: folder)
        else { return nil }
        let status = await git(
            ["status", "--porcelain", "--untracked-files=all", "--"] + SourceTree.roots, in: folder)
        return RunHeader.Commit(hash: hash, dirty: status?.isEmpty != true)
    }

    private static func git(_ arguments: [String], in folder: String) async -> String? {
        // Inside a hook of git's these would lead to another repository.
        let elsewhere = [
            "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY",
        ].compactMap(Environment.Key.init(rawValue:))
        let environment = Environment.inherit.updating(
            Dictionary(uniqueKeysWithValues: elsewhere.map { ($0, String?.none) }))
        let harmless = ["--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"]
        let result = try? await Subprocess.run(
            .name("git"), arguments: Arguments(["-C", folder] + harmless + arguments), environment: environment,
            output: .string(limit: 1 << 20), error: .discarded)
        guard let result, result.terminationStatus.isSuccess else { return nil }
        return result.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

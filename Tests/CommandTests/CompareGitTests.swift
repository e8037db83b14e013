import Foundation
import Subprocess
import Testing

/// Repositories as people have them: nothing of theirs is touched, nothing that they name is run.
@Suite struct CompareGitTests {
    let clone: CompareWorkspace

    init() throws { clone = try CompareWorkspace() }

    private var git: String { "\(clone.workspace.path)/.git" }

    /// What git keeps, by path.
    private func state() -> [String: Data] {
        let names = FileManager.default.enumerator(atPath: git)?.compactMap { $0 as? String } ?? []
        return Dictionary(
            uniqueKeysWithValues: names.map { ($0, FileManager.default.contents(atPath: "\(git)/\($0)") ?? Data()) })
    }

    private func script(_ name: String) throws {
        let path = "\(git)/\(name)"
        try "#!/bin/sh\ntouch '\(clone.cache).ran'\ncat\n".write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    @Test func aStrangersRepositoryIsReadAndNothingElse() async throws {
        try clone.workspace.write("* filter=evil diff=evil\n", to: ".gitattributes")
        try await clone.commit()
        // Another worktree, on a disk that is away.
        try await clone.git("worktree", "add", "--quiet", "--detach", "\(clone.cache).disk", "HEAD")
        try FileManager.default.moveItem(atPath: "\(clone.cache).disk", toPath: "\(clone.cache).away")
        for hook in ["post-checkout", "post-index-change", "reference-transaction", "pre-auto-gc"] {
            try script("hooks/\(hook)")
        }
        try script("evil")
        for name in [
            "core.fsmonitor", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "diff.external",
            "diff.evil.textconv", "core.pager", "gpg.program", "core.sshCommand",
        ] { try await clone.git("config", name, "\(git)/evil") }
        for setting in ["status.showUntrackedFiles=no", "log.showSignature=true", "color.ui=always"] {
            let parts = setting.split(separator: "=")
            try await clone.git("config", String(parts[0]), String(parts[1]))
        }
        try clone.workspace.write("# changed\n\(CompareWorkspace.honest)\n", to: "Sources/program")
        let before = state()

        // As in a hook of another repository.
        let elsewhere: [Environment.Key: String?] = [
            "GIT_DIR": "/nowhere/.git", "GIT_WORK_TREE": "/nowhere", "GIT_INDEX_FILE": "/nowhere/index",
            "GIT_PREFIX": "x/", "GIT_LITERAL_PATHSPECS": "1", "GIT_OBJECT_DIRECTORY": "/nowhere/objects",
        ]
        let result = try await clone.compare(
            ["HEAD", ".", "small", "--filter", "nothing", "--no-report"], environment: elsewhere)
        #expect(result.code == 0, "\(result.errors)")
        #expect(clone.builds == 2)
        #expect(state() == before)
        #expect(!FileManager.default.fileExists(atPath: "\(clone.cache).ran"), "a program of the repository was run")

        // A new file is a change, whatever the configuration hides.
        try clone.workspace.write("# 0\n\(CompareWorkspace.honest)\n", to: "Sources/program")
        try clone.workspace.write("new", to: "Sources/new")
        let hidden = try await clone.compare("HEAD")
        #expect(hidden.code == 64 && hidden.errors.contains("write `.`"), "\(hidden.errors)")
        #expect(state() == before)
        #expect(!FileManager.default.fileExists(atPath: "\(clone.cache).ran"))
    }

    @Test func aRefusalIsToldInGitsWords() async throws {
        try await clone.commit()
        let foreign = try await clone.compare(
            ["HEAD~1", "HEAD"], environment: ["GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"])
        #expect(foreign.code == 64)
        #expect(foreign.errors.contains("dubious ownership in repository"), "\(foreign.errors)")
        #expect(foreign.errors.contains("git config --global --add safe.directory"))
        let config = try String(contentsOfFile: "\(git)/config", encoding: .utf8)
        try clone.workspace.write(config + "[broken\n", to: ".git/config")
        let broken = try await clone.compare("HEAD~1", "HEAD")
        #expect(broken.code == 64 && broken.errors.contains("bad config line"), "\(broken.errors)")
        #expect(clone.builds == 0)
    }

    /// A checkout that was cut off is made anew; git takes no repository around it for ours.
    @Test func aDamagedCheckoutHarmsNobody() async throws {
        try await clone.commit()
        try await clone.commit(CompareWorkspace.honest, 1)
        func compare(_ revision: String) async throws -> Program.Result {
            try await Program.run(
                [
                    "compare", revision, revision, "small", "--filter", "nothing", "--rounds", "2", "--cache",
                    "Reports/cache",
                ]
                    + ["--no-report"], in: clone.workspace.path, environment: clone.environment)
        }
        #expect(try await compare("HEAD").code == 0)
        try clone.workspace.write("# not committed\n", to: "Sources/program")
        for head in clone.workspace.files("Reports").filter({ $0.hasSuffix("tree/.git/HEAD") }) {
            try FileManager.default.removeItem(atPath: "\(clone.workspace.path)/\(head)")
        }
        let head = try await clone.git("rev-parse", "main", "--symbolic-full-name", "HEAD")
        let result = try await compare("HEAD~1")
        #expect(result.code == 0, "\(result.errors)")
        #expect(clone.builds == 2)
        #expect(try await clone.git("rev-parse", "main", "--symbolic-full-name", "HEAD") == head)
        #expect(try clone.workspace.text("Sources/program") == "# not committed\n")
    }

    /// What nobody needs any more goes, but only what is surely nobody's.
    @Test func onlyTreesThatWereLongAbandonedAreRemoved() async throws {
        try await clone.commit()
        let trees = "\(clone.cache)/trees"
        for (name, days) in [("old", 40.0), ("recent", 4.0), ("held", 40.0)] {
            try FileManager.default.createDirectory(atPath: "\(trees)/\(name)", withIntermediateDirectories: true)
            let mark = "\(trees)/\(name)/repository"
            try "/nowhere/.git".write(toFile: mark, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -days * 86_400)], ofItemAtPath: mark)
        }
        let lock = open("\(trees)/held/lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX) == 0)
        let result = try await clone.compare("HEAD", "HEAD", "small", "--filter", "nothing", "--no-report")
        #expect(result.code == 0, "\(result.errors)")
        let left = try Set(FileManager.default.contentsOfDirectory(atPath: trees))
        #expect(!left.contains("old") && left.isSuperset(of: ["recent", "held"]) && left.count == 3)
    }
}

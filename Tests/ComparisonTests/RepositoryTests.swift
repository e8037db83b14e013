import Comparison
import Foundation
import Platform
import Testing

/// A git repository of its own, gone when the test is over.
final class TemporaryRepository {
    let path = NSTemporaryDirectory() + "assay-repository-" + UUID().uuidString

    init() throws {
        try FileManager.default.createDirectory(atPath: "\(path)/Sources", withIntermediateDirectories: true)
        try git("init", "--quiet", "--initial-branch=main")
        try write("// manifest", to: "Package.swift")
        try write("one", to: "Sources/program")
        try commit("First")
    }

    deinit {
        for path in [path, cache.path] { try? FileManager.default.removeItem(atPath: path) }
    }

    /// Where what is made for it goes, and nothing else.
    let cache = URL(fileURLWithPath: NSTemporaryDirectory() + "assay-cache-" + UUID().uuidString)

    /// What git keeps, by path: whether it was touched.
    func state() throws -> [String: Data] {
        let names = FileManager.default.enumerator(atPath: "\(path)/.git")?.compactMap { $0 as? String } ?? []
        return Dictionary(
            uniqueKeysWithValues: names.map {
                ($0, FileManager.default.contents(atPath: "\(path)/.git/\($0)") ?? Data())
            })
    }

    func write(_ text: String, to name: String) throws {
        let file = URL(fileURLWithPath: "\(path)/\(name)")
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    func commit(_ message: String) throws {
        try git("add", "--all")
        try git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "--quiet", "-m", message)
    }

    @discardableResult func git(_ arguments: String...) throws -> String {
        let outcome = try ChildProcess(executable: "git", arguments: ["-C", path] + arguments).run(timeLimit: 60)
        try #require(outcome.end == .exit(0), "git \(arguments): \(outcome.errors)")
        return String(decoding: outcome.output, as: UTF8.self)
    }
}

@Suite struct RepositoryTests {
    let folder: TemporaryRepository

    init() throws { folder = try TemporaryRepository() }

    private var repository: Repository { get throws { try repository(at: "\(folder.path)/Sources") } }

    private func repository(at path: String) throws -> Repository {
        try Repository(at: path, cache: BuildCache(folder.cache.path))
    }

    @Test func revisionsAreNamedAsGitNamesThem() throws {
        try folder.git("tag", "v1")
        try folder.write("two", to: "Sources/program")
        try folder.commit("Second")
        let (first, second) = (try repository.resolve("HEAD~1"), try repository.resolve("main"))
        #expect(try repository.resolve("v1").commit == first.commit)
        #expect(first.subject == "First")
        #expect(second.subject == "Second")
        #expect(first.commit.hash != second.commit.hash)
        #expect(try repository.knows("v1"))
        #expect(try !repository.knows("nothing-like-it"))
        #expect(try !repository.knows("--all"))
    }

    @Test func whateverGitResolvesIsARevision() throws {
        try folder.git("-c", "user.name=t", "-c", "user.email=t@localhost", "tag", "--annotate", "-m", "x", "v1")
        let first = try repository.resolve("main").commit
        try folder.write("stashed", to: "Sources/program")
        try folder.git("-c", "user.name=t", "-c", "user.email=t@localhost", "stash", "--quiet")
        try folder.write("two", to: "Sources/program")
        try folder.commit("Second")
        try folder.git("update-ref", "refs/remotes/origin/main", first.hash)
        for name in ["v1", "tags/v1", "HEAD@{1}", "@~1", ":/^First", "main^{/First}", "origin/main", "main^1"] {
            #expect(try repository.resolve(name).commit == first, "\(name)")
        }
        #expect(try repository.resolve(String(first.hash.prefix(8))).commit == first)
        #expect(try repository.resolve("stash@{0}").commit != first)
        // These are several commits, or none.
        for name in ["^main", "main~1..main", "main^@", "main:Sources", ":/nothing", "HEAD@{9}", "main^{tree}"] {
            #expect(try !repository.knows(name), "\(name)")
        }
        #expect(try repository.commits(in: "main~1..main").map(\.subject) == ["Second"])
        #expect(try repository.commits(in: ":/^First").map(\.commit) == [first])
    }

    @Test func gitSaysWhyThereIsNone() throws {
        let nothing = #expect(throws: ComparisonError.self) { try repository.commits(in: "nothing..main") }
        #expect(nothing?.message.contains("bad revision 'nothing..main'") == true)
        let reflog = #expect(throws: ComparisonError.self) { try repository.resolve("HEAD@{99}") }
        #expect(reflog?.message.contains("log for 'HEAD' only has") == true)
        try folder.git("config", "core.repositoryFormatVersion", "99")
        let format = #expect(throws: ComparisonError.self) { try repository }
        #expect(format?.isUsage == true && format?.message.contains("repo version") == true)
    }

    @Test func whateverTheConfigurationSaysTheTreeIsSeenAsItIs() throws {
        for setting in [
            "status.showUntrackedFiles=no", "log.showSignature=true", "color.ui=always", "core.splitIndex=true",
            "core.autocrlf=true", "core.safecrlf=true", "i18n.logOutputEncoding=latin1", "core.untrackedCache=true",
            "diff.noprefix=true", "commit.gpgSign=true", "index.skipHash=true",
        ] {
            let parts = setting.split(separator: "=")
            try folder.git("config", String(parts[0]), String(parts[1]))
        }
        #expect(try !repository.isDirty)
        try folder.write("new", to: "Sources/new")
        let before = try folder.state()
        #expect(try repository.isDirty)
        let revision = try repository.resolve(".")
        #expect(revision.commit.dirty && revision.subject == "First")
        #expect(try repository.sources(of: revision, hold: "new") == false)
        #expect(try folder.state() == before, "nothing in the repository was written, not even objects")
    }

    /// Git is told not to look at one, to ignore another: the package manager compiles both.
    @Test func whatGitDoesNotLookAtIsAChange() throws {
        for flag in ["--assume-unchanged", "--skip-worktree"] {
            try folder.write("two", to: "Sources/program")
            try folder.git("update-index", flag, "Sources/program")
            #expect(try folder.git("status", "--porcelain").isEmpty)
            let before = try folder.state()
            #expect(try repository.isDirty && repository.resolve(".").commit.dirty, "\(flag)")
            #expect(try Git(folder: folder.path).hasChanges(below: ["Sources"]), "\(flag)")
            #expect(try folder.state() == before)
            try folder.git("update-index", flag.replacing("--", with: "--no-"), "Sources/program")
            try folder.git("checkout", "--quiet", "--", "Sources/program")
            #expect(try !repository.isDirty)
        }
        try folder.write("*.swift\n*~\n", to: ".git/info/exclude")
        try folder.write("one", to: "Sources/program~")
        #expect(try !repository.isDirty && !Git(folder: folder.path).hasChanges(below: ["Sources"]))
        try folder.write("\"conv9d\"", to: "Sources/more.swift")
        #expect(try repository.isDirty && Git(folder: folder.path).hasChanges(below: ["Sources"]))
        let revision = try repository.resolve(".")
        #expect(try revision.commit.dirty && repository.sources(of: revision, hold: "conv9d"))
    }

    @Test func aRepositoryAmongTheSourcesIsNoPartOfThem() throws {
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/Sources/nested", withIntermediateDirectories: true)
        try folder.git("-C", "Sources/nested", "init", "--quiet")
        try folder.write("inner", to: "Sources/nested/file")
        let empty = #expect(throws: RunError.self) { try repository.resolve(".") }
        #expect(empty?.remedy.contains("commit in that repository") == true)
        try folder.git("-C", "Sources/nested", "add", "--all")
        try folder.git(
            "-C", "Sources/nested", "-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "--quiet", "-m", "x")
        let error = #expect(throws: ComparisonError.self) { try repository.resolve(".") }
        #expect(error?.message.contains("Sources/nested") == true)
        #expect(try repository.resolve("HEAD").subject == "First")
    }

    @Test func linkedWorktreesAndShallowAndSparseClonesWork() throws {
        try folder.write("# suite", to: "Suites/small.yaml")
        try folder.write("\"conv9d\"", to: "Sources/more")
        try folder.commit("Second")
        let second = try repository.resolve("HEAD")
        #expect(try repository.suites(of: second) == ["small"])
        #expect(try repository.suites(at: "HEAD~1").isEmpty)
        #expect(try repository.sources(of: second, hold: "conv9d"))
        #expect(try !repository.sources(of: second, hold: "conv9"))
        let beside = folder.cache.path
        try folder.git("worktree", "add", "--quiet", "--detach", "\(beside)/linked", "HEAD~1")
        let linked = try repository(at: "\(beside)/linked")
        #expect(try linked.resolve("HEAD").subject == "First")
        try "changed".write(toFile: "\(beside)/linked/Sources/program", atomically: true, encoding: .utf8)
        #expect(try linked.resolve(".").commit.dirty && !repository.isDirty)

        try folder.git("clone", "--quiet", "--depth", "1", "file://\(folder.path)", "\(beside)/shallow")
        let shallow = try repository(at: "\(beside)/shallow")
        #expect(try shallow.resolve("HEAD").sources == second.sources)
        let beyond = #expect(throws: ComparisonError.self) { try shallow.resolve("HEAD~1") }
        #expect(beyond?.remedy.contains("git fetch --unshallow") == true)

        try folder.git("clone", "--quiet", folder.path, "\(beside)/sparse")
        try folder.git("-C", "\(beside)/sparse", "sparse-checkout", "set", "Suites")
        let sparse = try repository(at: "\(beside)/sparse")
        #expect(try !sparse.isDirty)
        try "# changed".write(toFile: "\(beside)/sparse/Suites/small.yaml", atomically: true, encoding: .utf8)
        let changed = try sparse.resolve(".")
        #expect(changed.commit.dirty && changed.sources == second.sources, "what is not checked out is not deleted")
        #expect(changed.suites != second.suites)
    }

    /// Line ends, links and modes are those of the commit.
    @Test func suitesAreWrittenAsTheyWereCommitted() throws {
        try folder.write("one\ntwo\n", to: "Suites/small.yaml")
        try FileManager.default.createSymbolicLink(
            atPath: "\(folder.path)/Suites/link.yaml", withDestinationPath: "small.yaml")
        try folder.commit("Suites")
        try folder.git("config", "core.autocrlf", "true")
        let (killed, held) = (".assay-aside-killed", ".assay-aside-others")
        for name in [killed, held] {
            try FileManager.default.createDirectory(
                at: folder.cache.appendingPathComponent(name), withIntermediateDirectories: true)
        }
        let lock = open(folder.cache.appendingPathComponent(held).path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { close(lock) }
        #expect(flock(lock, LOCK_EX) == 0)
        let suites = try repository.folder(ofSuitesOf: repository.resolve("HEAD")) + "/Suites"
        #expect(try String(contentsOfFile: "\(suites)/small.yaml", encoding: .utf8) == "one\ntwo\n")
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(suites)/link.yaml") == "small.yaml")
        // What a killed process left is gone; what another works in is not.
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.cache.path)
        #expect(left.filter { $0.hasPrefix(".") } == [held])
    }

    @Test func aRevisionThatIsNotThereIsUsage() throws {
        for text in ["nothing-like-it", "", "-x", "HEAD~9", "v1;rm"] {
            let error = #expect(throws: ComparisonError.self) { try repository.resolve(text) }
            #expect(error?.isUsage == true)
        }
    }

    @Test func aRevisionWithoutAProgramIsUsage() throws {
        try folder.git("rm", "--quiet", "-r", "Package.swift")
        try folder.commit("No manifest")
        let error = #expect(throws: ComparisonError.self) { try repository.resolve("HEAD") }
        #expect(error?.isUsage == true)
        #expect(error?.message.contains("Package.swift") == true)
    }

    @Test func theWorkingTreeIsTakenAsItIsAndNotTouched() throws {
        #expect(try repository.resolve(".").commit.dirty == false)
        #expect(try !repository.isDirty)
        try folder.write("changed", to: "Sources/program")
        try folder.write("new", to: "Sources/more")
        try folder.write("staged", to: "Sources/staged")
        try folder.git("add", "Sources/staged")
        let status = try folder.git("status", "--porcelain")
        #expect(try repository.isDirty)
        let revision = try repository.resolve(".")
        #expect(revision.commit.dirty)
        #expect(try folder.git("status", "--porcelain") == status)
        #expect(try folder.git("stash", "list").isEmpty)
        // The same tree is the same revision of sources, whenever it is asked for.
        #expect(try repository.resolve(".").commit == revision.commit)
    }

    @Test func resultsDoNotMakeATreeDirty() throws {
        try folder.write("{}", to: "Results/machine/run.jsonl")
        try folder.write("x", to: "Reports/machine/plot.png")
        #expect(try !repository.isDirty)
        #expect(try repository.resolve(".").commit.dirty == false)
    }

    @Test func aFolderThatIsNoRepositoryIsUsage() throws {
        let error = #expect(throws: ComparisonError.self) { try repository(at: "/") }
        #expect(error?.isUsage == true && error?.message.contains("not a git repository") == true)
    }
}

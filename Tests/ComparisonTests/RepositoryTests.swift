import Comparison
import Foundation
import Testing
import Workers

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

    deinit { try? FileManager.default.removeItem(atPath: path) }

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

    private var repository: Repository { get throws { try Repository(at: "\(folder.path)/Sources") } }

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
        let error = #expect(throws: ComparisonError.self) { try Repository(at: "/") }
        #expect(error?.isUsage == true)
    }
}

import Foundation
import Platform
import Testing

@Suite struct GitTests {
    /// A folder with a break at the end of its name, as no script expects it.
    private let folder = NSTemporaryDirectory() + "assay git " + UUID().uuidString + "\n"

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try shell("git init --quiet --initial-branch=main . && echo a > a && git add a")
        try shell("git -c user.name=t -c user.email=t@localhost commit --quiet -m First")
    }

    private func shell(_ line: String) throws {
        let outcome = try ChildProcess(executable: "/bin/sh", arguments: ["-c", line], folder: folder).run(
            timeLimit: 60)
        try #require(outcome.end == .exit(0), "\(outcome.errors)")
    }

    private func cleaned(_ body: () throws -> Void) throws {
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body()
    }

    @Test func answersAreTakenAsTheyAre() throws {
        try cleaned { () throws in
            let git = Git(folder: folder)
            #expect(try git.ask("rev-parse", "--show-toplevel").hasSuffix("\n"))
            #expect(try git.path("--git-common-dir").hasSuffix("\n/.git"))
            #expect(try git.find("rev-parse", "--quiet", "--verify", "nothing") == nil)
        }
    }

    @Test func aRefusalIsToldInGitsWords() throws {
        try cleaned {
            let unknown = #expect(throws: RunError.self) { try Git(folder: folder).ask("rev-list", "nothing", "--") }
            #expect(unknown?.message == "git refuses: bad revision 'nothing'")
            try shell("echo '[broken' >> .git/config")
            let broken = #expect(throws: RunError.self) { try Git(folder: folder).ask("rev-parse", "HEAD") }
            #expect(broken?.message.contains("bad config line") == true)
            #expect(broken?.remedy.contains("configuration") == true)
        }
        let none = #expect(throws: RunError.self) { try Git(folder: "/").ask("rev-parse", "HEAD") }
        #expect(none?.message.contains("not a git repository") == true)
    }

    /// Names of filters may hold what ends the name of a setting elsewhere.
    @Test(arguments: ["plain", "a=b", "a.b"])
    func aFilterOfTheRepositoryIsNotRun(name: String) throws {
        try cleaned {
            try shell("git config 'filter.\(name).clean' 'touch RAN; cat'; git config 'filter.\(name).required' true")
            try shell(
                "git config 'filter.\(name).smudge' 'touch RAN; cat'; echo '/a filter=\(name)' > .git/info/attributes")
            let git = try Git(folder: folder).withoutFilters()
            try shell("rm a; touch -d 2020-01-01 a; echo b > a")
            #expect(try git.ask("status", "--porcelain") == " M a")
            try git.ask("add", "a", index: "\(folder)/index")
            try git.ask("checkout-index", "--force", "--prefix=\(folder)/out/", "a", index: "\(folder)/index")
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/RAN"))
        }
    }

    @Test func pathsOfObjectsAreQuotedWhereTheyMustBe() {
        #expect(AlternatePath.quoted("/a b/objects") == "/a b/objects")
        #expect(AlternatePath.quoted("/a:b\n\"c\\/objects") == #""/a:b\n\"c\\/objects""#)
    }
}

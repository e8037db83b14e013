import Foundation
import Platform
import Results
import Running
import Testing

@Suite struct SourceTreeTests {
    private func inTree(_ body: (String) throws -> Void) throws {
        let folder = NSTemporaryDirectory() + "assay-sources-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: "\(folder)/Sources/b", withIntermediateDirectories: true)
        try #"let package = Package(name: "assay")"#.write(
            toFile: "\(folder)/Package.swift", atomically: true, encoding: .utf8)
        try "a".write(toFile: "\(folder)/Sources/b/a.swift", atomically: true, encoding: .utf8)
        try "".write(toFile: "\(folder)/Sources/b.swift", atomically: true, encoding: .utf8)
        try body(folder)
    }

    @Test func checksumsAreThoseOfCksum() {
        // As `printf '' | cksum` and `printf 123456789 | cksum` print them.
        #expect(POSIXChecksum.of(Data()) == 4_294_967_295)
        #expect(POSIXChecksum.of(Data("123456789".utf8)) == 930_766_865)
    }

    @Test func changesWithEveryFileAndPath() throws {
        try inTree { folder in
            let first = try #require(SourceTree(in: folder)).fingerprint
            try "b".write(toFile: "\(folder)/Sources/b/a.swift", atomically: true, encoding: .utf8)
            #expect(try #require(SourceTree(in: folder)).fingerprint != first)
            try "a".write(toFile: "\(folder)/Sources/b/a.swift", atomically: true, encoding: .utf8)
            try "x".write(toFile: "\(folder)/Sources/.hidden", atomically: true, encoding: .utf8)
            #expect(try #require(SourceTree(in: folder)).fingerprint == first)
            try FileManager.default.moveItem(
                atPath: "\(folder)/Sources/b.swift", toPath: "\(folder)/Sources/c.swift")
            #expect(try #require(SourceTree(in: folder)).fingerprint != first)
        }
        #expect(SourceTree(in: NSTemporaryDirectory()) == nil)
    }

    @Test func theProgramIsNamedNotTheFolder() throws {
        try inTree { folder in
            let built = String(repeating: "ab", count: 20)
            let other = ProgramSources(commit: built, hasChanges: false, fingerprint: "1")
            let identity = other.identity(in: folder)
            #expect(identity.commit?.hash == built)
            #expect(identity.warning?.contains("built from other sources (commit \(built.prefix(12)))") == true)
            let elsewhere = other.identity(in: NSTemporaryDirectory())
            #expect(elsewhere.commit?.hash == built && elsewhere.warning == nil)
            let own = ProgramSources(
                commit: built, hasChanges: true, fingerprint: try #require(SourceTree(in: folder)).fingerprint)
            let here = own.identity(in: folder)
            #expect(here.warning == nil && here.commit?.hash == built, "a folder without a repository names no commit")
        }
    }

    @Test func theCommitIsThatOfTheFolderWhateverItsRepositoryConfigures() throws {
        try inTree { folder in
            func git(_ line: String) throws {
                let outcome = try ChildProcess(
                    executable: "/bin/sh",
                    arguments: ["-c", "git -c user.name=t -c user.email=t@localhost \(line)"], folder: folder
                ).run(timeLimit: 60)
                try #require(outcome.end == .exit(0), "\(outcome.errors)")
            }
            func commit() throws -> RunHeader.Commit? {
                ProgramSources(
                    commit: "", hasChanges: false, fingerprint: try #require(SourceTree(in: folder)).fingerprint
                ).identity(in: folder).commit
            }
            for line in ["init --quiet", "add .", "commit --quiet -m First", "config core.fsmonitor \(folder)/evil"] {
                try git(line)
            }
            try git("config status.showUntrackedFiles no")
            try "#!/bin/sh\ntouch '\(folder)/ran'\n".write(toFile: "\(folder)/evil", atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/evil")
            let first = try #require(SourceTree(in: folder)).fingerprint
            let clean = try commit()
            #expect(clean?.hash.count == 40 && clean?.dirty == false)
            try "new".write(toFile: "\(folder)/Sources/new.swift", atomically: true, encoding: .utf8)
            let changed = clean.map { RunHeader.Commit(hash: $0.hash, dirty: true) }
            #expect(try commit() == changed)
            let before = ProgramSources(commit: clean?.hash ?? "", hasChanges: false, fingerprint: first)
            let identity = before.identity(in: folder)
            #expect(identity.commit == changed && identity.warning != nil, "a program from before the change")
            #expect(!FileManager.default.fileExists(atPath: "\(folder)/ran"))
            // Commits that leave the sources as they are, in between.
            for line in ["commit --quiet --allow-empty -m Second", "commit --quiet --allow-empty -m Third"] {
                try git(line)
            }
            #expect(before.identity(in: folder).commit == changed)
            let foreign = ProgramSources(
                commit: String(repeating: "0", count: 40), hasChanges: false, fingerprint: first)
            #expect(foreign.identity(in: folder).commit?.dirty == false, "changes to what is not the program's")
        }
    }
}

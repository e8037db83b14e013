import Foundation
import Running
import Testing

@Suite struct SourceTreeTests {
    private func inTree(_ body: (String) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "assay-sources-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try FileManager.default.createDirectory(atPath: "\(folder)/Sources/b", withIntermediateDirectories: true)
        try #"let package = Package(name: "assay")"#.write(
            toFile: "\(folder)/Package.swift", atomically: true, encoding: .utf8)
        try "a".write(toFile: "\(folder)/Sources/b/a.swift", atomically: true, encoding: .utf8)
        try "".write(toFile: "\(folder)/Sources/b.swift", atomically: true, encoding: .utf8)
        try await body(folder)
    }

    @Test func checksumsAreThoseOfCksum() {
        // As `printf '' | cksum` and `printf 123456789 | cksum` print them.
        #expect(POSIXChecksum.of(Data()) == 4_294_967_295)
        #expect(POSIXChecksum.of(Data("123456789".utf8)) == 930_766_865)
    }

    @Test func changesWithEveryFileAndPath() async throws {
        try await inTree { folder in
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

    @Test func theProgramIsNamedNotTheFolder() async throws {
        try await inTree { folder in
            let built = String(repeating: "ab", count: 20)
            let other = ProgramSources(commit: built, hasChanges: false, fingerprint: "1")
            let identity = await other.identity(in: folder)
            #expect(identity.commit?.hash == built)
            #expect(identity.warning?.contains("built from other sources (commit \(built.prefix(12)))") == true)
            let elsewhere = await other.identity(in: NSTemporaryDirectory())
            #expect(elsewhere.commit?.hash == built && elsewhere.warning == nil)
            let own = ProgramSources(
                commit: built, hasChanges: true, fingerprint: try #require(SourceTree(in: folder)).fingerprint)
            let here = await own.identity(in: folder)
            #expect(here.warning == nil && here.commit?.hash == built, "a folder without a repository names no commit")
        }
    }
}

import Foundation
import Testing

/// The folders under `Sources` follow the data, and imports with them: the tables of `Sources/README.md`.
@Suite struct HouseTests {
    /// The groups in reading order, and what each imports beside itself.
    private static let groups: [(name: String, imports: Set<String>)] = [
        ("Platform", []),
        ("Define", ["Platform", "Compute"]),
        ("Compute", ["Platform"]),
        ("Measure", ["Platform", "Define", "Compute", "Record"]),
        ("Record", ["Platform", "Settings"]),
        ("Judge", ["Platform", "Settings", "Workers", "Record"]),
        ("Show", ["Platform", "Settings", "Record", "Judge"]),
    ]

    private let sources = URL(filePath: Program.repository).appending(path: "Sources")

    private func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: sources.appending(path: folder).path)
            .filter { !$0.hasPrefix(".") }.sorted()
    }

    @Test func theFoldersAreTheGroups() throws {
        #expect(try names(in: "") == (Self.groups.map(\.name) + ["README.md", "assay"]).sorted())
    }

    @Test func importsFollowTheData() throws {
        var home: [String: String] = [:]
        for group in Self.groups { for module in try names(in: group.name) { home[module] = group.name } }
        for group in Self.groups {
            let allowed = group.imports.union([group.name])
            for (file, text) in try files(in: group.name) {
                for name in text.matches(of: /(?m)^(?:@testable )?import (?:\w+ )?(\w+)/).map({ String($0.output.1) }) {
                    guard let other = home[name] else { continue }
                    #expect(allowed.contains(other) || allowed.contains(name), "\(file) imports \(name)")
                }
            }
        }
    }

    /// The reading order and the modules of each group, as the README of the folder has them.
    @Test func theReadmeNamesThem() throws {
        let text = try String(contentsOf: sources.appending(path: "README.md"), encoding: .utf8)
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| `") }.map {
            $0.split(separator: "|").map(String.init)
        }
        let places = rows.filter { $0.count == 3 }
        func words(_ text: String) -> [String] { text.matches(of: /`(\w+)`/).map { String($0.output.1) } }
        #expect(places.map { words($0[0])[0] } == Self.groups.map(\.name) + ["assay"])
        for place in places.dropLast() {
            let group = words(place[0])[0]
            #expect(try words(place[2]).sorted() == names(in: group), "\(group)")
        }
        for row in rows where row.count == 2 {
            let group = try #require(Self.groups.first { $0.name == words(row[0])[0] })
            let only = row[1].matches(of: /`\w+`: only `(\w+)`/).map { String($0.output.1) }
            let whole = words(row[1].replacing(/`\w+`: only `\w+`/, with: ""))
            #expect(Set(only + whole + ["Platform"]) == group.imports, "\(group.name)")
        }
    }

    private func files(in group: String) throws -> [(String, String)] {
        let folder = sources.appending(path: group)
        let files = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
        return try files.filter { $0.hasSuffix(".swift") }.map {
            ("\(group)/\($0)", try String(contentsOf: folder.appending(path: $0), encoding: .utf8))
        }
    }
}

import Foundation
import Testing

/// `assay check`, as a user calls it.
@Suite struct CheckTests {
    private static let reference = Program.repository + "/Tests/CommandTests/Reference/graphs"

    private func inFolder(_ body: (_ folder: String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "check-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    /// A copy of a case with some words changed.
    private func changed(_ name: String, _ words: String, to others: String, in folder: String) throws {
        let text = try String(contentsOfFile: "\(Self.reference)/\(name).json", encoding: .utf8)
        let other = text.replacingOccurrences(of: words, with: others)
        #expect(other != text)
        try other.write(toFile: "\(folder)/\(name).json", atomically: false, encoding: .utf8)
    }

    @Test func theCheckedInCasesAreRight() async throws {
        let result = try await Program.run(["check", Self.reference], in: Program.repository)
        #expect(result.code == 0, "\(result.output)")
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 141)
        #expect(lines.last == "140 cases: 140 right, 0 wrong, 0 not computed")
    }

    @Test func wrongAnswersAreFound() async throws {
        try await inFolder { folder in
            try changed("gspmm_u_add_e_sum", "\"reduce\": \"sum\"", to: "\"reduce\": \"mean\"", in: folder)
            try changed("gsddmm_u_sub_v", "\"op\": \"sub\"", to: "\"op\": \"add\"", in: folder)
            let result = try await Program.run(["check", folder], in: folder)
            #expect(result.code == 2)
            #expect(result.output.contains("WRONG    gsddmm_u_sub_v"))
            #expect(result.output.contains("2 cases: 0 right, 2 wrong, 0 not computed"))
        }
    }

    /// Each is reported with its reason, and none keeps the others from being checked.
    @Test func badFilesAreReported() async throws {
        try await inFolder { folder in
            try changed("gspmm_copy_u_sum", "\"operator\": \"gspmm\"", to: "\"operator\": \"warp\"", in: folder)
            try changed("gspmm_copy_u_max", "\"nodes\": 17", to: "\"nodes\": 3", in: folder)
            try changed("gspmm_copy_u_min", "\"outputs\"", to: "\"inputs\"", in: folder)
            try changed("global_max_pool", "\"graphs\": 4", to: "\"graphs\": -1", in: folder)
            try changed(
                "appnp", "\"shape\": [17, 5], \"values\"", to: "\"shape\": [4611686018427387904, 4], \"values\"",
                in: folder)
            try "{".write(toFile: "\(folder)/cut.json", atomically: false, encoding: .utf8)
            try changed("gspmm_copy_u_mean", "\"pyg\"", to: "\"peer\"", in: folder)
            let result = try await Program.run(["check", folder], in: folder)
            #expect(result.code == 3)
            for words in [
                "no operator 'warp'", "has the node", "'outputs' is missing", "not valid JSON", "'graphs' is -1.0",
                "cannot have the shape",
            ] {
                #expect(result.output.contains(words), "\(result.output)")
            }
            #expect(result.output.contains("7 cases: 1 right, 0 wrong, 6 not computed"))
        }
    }

    @Test func aFolderWithoutCasesIsAnError() async throws {
        try await inFolder { folder in
            for path in [folder, folder + "/nowhere"] {
                let result = try await Program.run(["check", path], in: folder)
                #expect(result.code == 64)
                #expect(result.errors.contains(path))
            }
        }
    }
}

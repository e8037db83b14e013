import Foundation
import SwiftCSV
import Testing

/// What the repository brings, as a user finds it in a clone.
@Suite struct CheckedInTests {
    private static let suites = (try? FileManager.default.contentsOfDirectory(atPath: "\(Program.repository)/Suites"))?
        .filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()

    @Test(arguments: suites ?? [])
    func everySuiteIsWithoutFault(name: String) async throws {
        let result = try await Program.run(["show", name, "--format", "csv"], in: Program.repository)
        #expect(result.code == 0)
        #expect(result.errors.isEmpty)
        #expect(try CSV<Named>(string: result.output).rows.count >= 6)
    }

    /// The labels under which other runtimes are timed.
    @Test func theYardstickHasItsRows() async throws {
        let result = try await Program.run(["show", "yardstick", "--format", "csv"], in: Program.repository)
        let labels = try CSV<Named>(string: result.output).rows.compactMap { $0["label"] }
        #expect(labels.count == 43)
        #expect(labels.first == "conv 3x3 64@56")
        #expect(labels.last == "silu 64@112")
    }

    @Test func theExampleIsReportedAgainAsItIs() async throws {
        let folder = NSTemporaryDirectory() + "assay-example-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let runs = try FileManager.default.contentsOfDirectory(atPath: "\(Program.repository)/Results/example")
        let paths = runs.filter { $0.hasSuffix(".jsonl") }.map { "Results/example/\($0)" }
        try #require(paths.count == 1)
        let result = try await Program.run(["report"] + paths + ["--to", folder], in: Program.repository)
        #expect(result.code == 0)
        let example = "\(Program.repository)/Reports/example"
        let entries = try FileManager.default.contentsOfDirectory(atPath: example)
        let kept = try #require(entries.first { !$0.hasPrefix(".") })
        for file in try FileManager.default.contentsOfDirectory(atPath: folder) where !file.hasSuffix(".png") {
            // Its samples are in the run file.
            guard file.hasSuffix(".gp") || file.hasSuffix(".csv"), file != "samples.csv" else { continue }
            let again = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            let before = try String(contentsOfFile: "\(example)/\(kept)/\(file)", encoding: .utf8)
            // Compared first: two long texts that differ would be printed whole.
            let same = again == before
            #expect(same, "\(file)")
        }
    }
}

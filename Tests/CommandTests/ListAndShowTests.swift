import Foundation
import SwiftCSV
import Testing

@Suite struct ListAndShowTests {
    let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Workspace.small, to: "Suites/small.yaml")
    }

    @Test func listsSuitesAndKernels() async throws {
        let result = try await workspace.run("list")
        #expect(result.code == 0)
        #expect(result.output.contains("small"))
        #expect(result.output.contains("Small"))
        #expect(result.output.contains("conv2d"))
        #expect(result.errors.isEmpty)
    }

    @Test(arguments: ["suites", "kernels", "models", "metrics", "plots"])
    func listsEachSubject(subject: String) async throws {
        let result = try await workspace.run("list", subject)
        #expect(result.code == 0)
        #expect(!result.output.isEmpty)
        let json = try await workspace.run("list", subject, "--format", "json")
        let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect((document?[subject] as? [[String: Any]])?.isEmpty == false && document?["command"] as? String == "list")
        let csv = try await workspace.run("list", subject, "--format", "csv")
        #expect(try CSV<Named>(string: csv.output).rows.isEmpty == false)
    }

    @Test func withoutSuitesItSaysWhereItLooked() async throws {
        let folder = NSTemporaryDirectory() + "assay-nowhere-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for arguments in [["list", "suites"], ["run", "quick"]] {
            let result = try await Program.run(arguments, in: folder)
            #expect(result.errors.contains("there is no folder 'Suites' in \(folder) or above it"), "\(result.errors)")
        }
    }

    @Test func aValueThatNoModelWasMadeForIsAWarning() async throws {
        let result = try await workspace.run("show", "--case", "retinanet_resnet50_fpn[width=1333]")
        #expect(result.code == 0)
        #expect(result.errors.contains("warning: retinanet_resnet50_fpn was not made for width_per_group=1333"))
        #expect(try await workspace.run("show", "--case", "retinanet_resnet50_fpn").errors.isEmpty)
    }

    @Test func aBrokenSuiteIsListedWithItsError() async throws {
        try workspace.write("cases: 3", to: "Suites/broken.yaml")
        let result = try await workspace.run("list", "suites")
        #expect(result.code == 0)
        #expect(result.output.contains("Suites/broken.yaml:1:8"))
        #expect(result.output.contains("small"))
    }

    @Test func countsExactlyAndRunsNothing() async throws {
        let result = try await workspace.run(
            "show", "--case", "conv2d[in=64,out=64,size=56,kernel=3]", "--format", "json")
        #expect(result.code == 0)
        let document = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        let rows = try #require(document?["cases"] as? [[String: Any]])
        #expect(rows.count == 1)
        let metrics = try #require(rows[0]["metrics"] as? [String: [String: Any]])
        let expected = [
            "macs": 115_605_504, "flops": 231_211_008, "parameters": 36_864, "weight_bytes": 147_456,
            "operand_bytes": 1_605_632, "least_traffic": 1_753_088,
        ]
        for (name, value) in expected { #expect(metrics[name]?["value"] as? Int == value, "\(name)") }
        #expect(metrics["macs"]?["unit"] as? String == "MAC" && metrics["least_traffic"]?["unit"] as? String == "B")
        #expect(workspace.files("Results").isEmpty)
    }

    @Test func showsASuiteAsTableAndCSV() async throws {
        let table = try await workspace.run("show", "small")
        #expect(table.code == 0)
        #expect(table.output.contains("matmul 9"))
        let csv = try await workspace.run("show", "small", "--format", "csv")
        let rows = try CSV<Named>(string: csv.output).rows
        #expect(rows.map { $0["macs"] } == ["64", "512", "576", "0"])
        #expect(rows[0]["least_traffic_bytes"] != nil && rows[0]["intensity_flops_per_byte"] != nil)
        let listed = try await workspace.run("run", "small", "--list", "--format", "csv")
        #expect(listed.output.hasPrefix("case,label,implementation,threads,status,reason\n"))
        #expect(try CSV<Named>(string: listed.output).rows.first?["status"] == "planned")
        let markdown = try await workspace.run("show", "small", "--format", "markdown")
        #expect(markdown.output.hasPrefix("| case ") && markdown.output.contains("| matmul 9 "))
    }

    /// No line of a paragraph ends before the first word of the next would not have fitted.
    @Test(arguments: [
        "run", "show", "compare", "history", "profile", "report", "dump", "doctor", "selftest", "list",
    ])
    func helpIsBrokenWhereTheTerminalEnds(command: String) async throws {
        let help = try await workspace.run("help", command, environment: ["COLUMNS": nil])
        let lines = help.output.prefix(upTo: try #require(help.output.firstRange(of: "USAGE:")).lowerBound)
            .split(separator: "\n", omittingEmptySubsequences: false).drop { !$0.isEmpty }
        for (line, next) in zip(lines, lines.dropFirst())
        where !line.isEmpty && !next.isEmpty && !line.hasPrefix(" ") && !next.hasPrefix(" ") {
            let word = next.prefix { $0 != " " }
            #expect(line.count + 1 + word.count > 79, "\(line)\n\(next)")
        }
    }

    @Test func aShapeTooLargeForAnyMachineIsStillCounted() async throws {
        let result = try await workspace.run(
            "show", "--case", "matmul[m=1000000,k=1000000,n=100000]", "--format", "csv")
        #expect(result.code == 0)
        #expect(result.output.contains("100000000000000000"))
    }
}

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
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
        #expect(rows.count == 1)
        #expect(rows[0]["macs"] as? Int == 115_605_504)
        #expect(rows[0]["flops"] as? Int == 231_211_008)
        #expect(rows[0]["parameters"] as? Int == 36_864)
        #expect(rows[0]["weightBytes"] as? Int == 147_456)
        #expect(rows[0]["operandBytes"] as? Int == 1_605_632)
        #expect(rows[0]["leastTraffic"] as? Int == 1_753_088)
        #expect(workspace.files("Results").isEmpty)
    }

    @Test func showsASuiteAsTableAndCSV() async throws {
        let table = try await workspace.run("show", "small")
        #expect(table.code == 0)
        #expect(table.output.contains("matmul 9"))
        let csv = try await workspace.run("show", "small", "--format", "csv")
        let rows = try CSV<Named>(string: csv.output).rows
        #expect(rows.map { $0["macs"] } == ["64", "512", "576", "0"])
    }

    @Test func aShapeTooLargeForAnyMachineIsStillCounted() async throws {
        let result = try await workspace.run(
            "show", "--case", "matmul[m=1000000,k=1000000,n=100000]", "--format", "csv")
        #expect(result.code == 0)
        #expect(result.output.contains("100000000000000000"))
    }
}

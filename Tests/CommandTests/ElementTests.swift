import Foundation
import SwiftCSV
import Testing

/// Elements other than `f32`, from the suite to the comparison.
@Suite struct ElementTests {
    let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(
            """
            title: Types
            defaults: { samples: 7 }
            cases:
              - { kernel: matmul, with: { m: 4, k: 8, n: 6 }, elements: [f32, bf16, i8, u8], implementations: [native, plain] }
              - { kernel: conv2d, with: { channels: 4, size: 5, kernel: 3 }, elements: [bf16, i8, u8] }
            """, to: "Suites/types.yaml")
    }

    @Test func fromTheSuiteToTheComparison() async throws {
        let shown = try await workspace.run("show", "types", "--format", "csv")
        let rows = try CSV<Named>(string: shown.output).rows
        #expect(rows.map { $0["element"] } == ["f32", "bf16", "i8", "u8", "bf16", "i8", "u8"])
        #expect(rows.prefix(4).map { $0["weight_bytes"] } == ["192", "96", "48", "48"])
        #expect(rows.prefix(4).map { $0["operand_bytes"] } == ["224", "112", "128", "128"])
        #expect(try await workspace.run("show", "types").output.contains("element"))

        let run = try await workspace.run("run", "types")
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.output.contains("plain bf16") && run.output.contains("plain i8"))
        let file = try workspace.runFile()
        #expect(try workspace.text(file).contains(#"/plain/u8/t1""#))
        let wide = try #require(
            workspace.files("Reports").first { $0.hasSuffix("types-wide.csv") || $0.hasSuffix("wide.csv") })
        #expect(try CSV<Named>(string: workspace.text(wide)).rows.map { $0["element"] }.contains("i8"))

        try workspace.write(workspace.text(file), to: "again.jsonl")
        let compared = try await workspace.run("compare", file, "again.jsonl")
        #expect(compared.code == 0, "\(compared.errors)")
        #expect(compared.output.contains("plain bf16"))
    }

    @Test func aCaseByItsNameAndWhatItIsMadeOf() async throws {
        let name = "matmul[m=2,k=3,n=2]/plain/bf16"
        #expect(try await workspace.run("run", "--case", name, "--samples", "7", "--no-report").code == 0)
        let result = try await workspace.run("dump", name, "--to", "out")
        #expect(result.code == 0, "\(result.errors)")
        let listed = try JSONSerialization.jsonObject(with: Data(workspace.text("out/tensors.json").utf8))
        let entries = try #require(listed as? [[String: Any]])
        #expect(entries.compactMap { $0["element"] as? String } == ["bf16", "bf16", "bf16"])
        let file = try workspace.size("out/y.plain.npy")
        #expect(file == 128 + 4 * 4)
        #expect(try await workspace.run("dump", "conv2d[ci=1,co=1,h=3,w=3,k=1]/plain/u8", "--to", "bytes").code == 0)
        let (x, y) = (try workspace.size("bytes/x.npy"), try workspace.size("bytes/y.plain.npy"))
        #expect(x == 128 + 9 && y == 128 + 9 * 4)
    }

    @Test func listsSayWhichThereAre() async throws {
        let kernels = try await workspace.run("list", "kernels", "--format", "csv")
        let rows = try CSV<Named>(string: kernels.output).rows
        #expect(rows.first { $0["kernel"] == "matmul" }?["elements"] == "f32 bf16 i8 u8")
        #expect(rows.first { $0["kernel"] == "add" }?["elements"] == "f32")
        let matmul = try await workspace.run("list", "kernels", "matmul")
        #expect(matmul.output.contains("direct loops, summing in i32"))
    }

    @Test(arguments: [
        ("resnet18/native/bf16", "no implementation of resnet18 computes bf16"),
        ("matmul[m=1,k=1,n=1]/native/bf16", "matmul has no implementation 'native' of bf16"),
        ("matmul[m=1,k=1,n=1]/plain", "matmul has no implementation 'plain'"),
        ("matmul[m=1,k=1,n=1]/plain/f16", "there is no element type 'f16'"),
    ])
    func whatThereIsNotIsAnError(name: String, message: String) async throws {
        let result = try await workspace.run("show", "--case", name)
        #expect(result.code == 64 && result.errors.contains(message), "\(result.errors)")
    }
}

extension Workspace {
    /// Bytes of a file.
    fileprivate func size(_ file: String) throws -> Int {
        try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)")).count
    }
}

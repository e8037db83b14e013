import Foundation
import Results
import SwiftCSV
import Testing

@Suite struct ProfileTests {
    let workspace: Workspace
    /// A network that takes no time.
    private let small = "mobilenet_v2[width=0.35,resolution=32,classes=10]"

    init() throws { workspace = try Workspace() }

    @Test func everyLayerHasARow() async throws {
        let result = try await workspace.run(
            "profile", small, "--samples", "7", "--format", "csv", "--trace", "trace.json")
        #expect(result.code == 0, "\(result.errors)")
        let rows = try CSV<Named>(string: result.output).rows
        #expect(rows.first?["layer"] == "features.0.0")
        #expect(rows.last?["layer"] == "classifier.1")
        let shares = rows.compactMap { $0["share"].flatMap(Double.init) }
        #expect(shares.count == rows.count && abs(shares.reduce(0, +) - 1) < 1e-9)

        let run = try RunFileReader.read("\(workspace.path)/\(try workspace.runFile())")
        #expect(run.problems.isEmpty && run.end?.measured == rows.count + 1)
        #expect(run.records.map(\.kind) == ["model"] + rows.map { _ in "layer" })
        #expect(run.records[0].preparation?.activationBytes ?? 0 > 0)
        let trace = try JSONSerialization.jsonObject(with: Data(try workspace.text("trace.json").utf8))
        let events = try #require((trace as? [String: Any])?["traceEvents"] as? [Any])
        #expect(events.count == rows.count)
        let reports = workspace.files("Reports")
        for ending in ["csv", "gp", "svg", "png"] { #expect(reports.contains { $0.hasSuffix(".\(ending)") }) }
    }

    @Test func theTableSaysBothTimes() async throws {
        let result = try await workspace.run("profile", small, "--samples", "7", "--no-report")
        #expect(result.code == 0)
        for text in ["conv2d depthwise 3x3", "as a whole", "timed one by one", "80 % of the time"] {
            #expect(result.output.contains(text), "\(text)")
        }
    }

    /// Before anything is measured, in words of the system.
    @Test(arguments: [
        (["--trace", "nowhere/x.json"], "cannot write", "No such file or directory"),
        (["--trace", "."], "cannot write .", "Is a directory"),
        (["--trace", "file/x"], "cannot write", "Not a directory"),
        (["--results", "file"], "cannot create the folder", "Not a directory"),
        (["--reports", "file/x"], "cannot create the folder", "Not a directory"),
    ])
    func whatCannotBeWrittenIsFoundFirst(options: [String], attempt: String, reason: String) async throws {
        try workspace.write("in the way", to: "file")
        let result = try await Program.run(["profile", small, "--samples", "7"] + options, in: workspace.path)
        #expect(result.code == 3)
        #expect(result.errors.contains(attempt) && result.errors.contains(": \(reason); "), "\(result.errors)")
        #expect(workspace.runFiles.isEmpty && result.output.isEmpty)
    }

    @Test func aKernelIsOneLayer() async throws {
        let result = try await workspace.run(
            "profile", "matmul[m=8,k=8,n=8]/openblas", "--samples", "7", "--format", "csv", "--no-report")
        #expect(try CSV<Named>(string: result.output).rows.map { $0["shape"] } == ["m=8,k=8,n=8"])
    }

    @Test func passesAndLayersCanBeChosen() async throws {
        let result = try await workspace.run(
            "profile", small, "--without", "fuse-activation", "--layer", "features.0.0=openblas", "--samples", "7",
            "--format", "csv", "--no-report")
        let rows = try CSV<Named>(string: result.output).rows
        #expect(rows.first?["implementation"] == "openblas")
        #expect(rows.contains { $0["kernel"] == "activation" })
        #expect(Set(rows.compactMap { $0["layer"] }).count == rows.count)
        let run = try RunFileReader.read("\(workspace.path)/\(try workspace.runFile())")
        #expect(run.records[0].case.contains(#"without=fuse-activation,layers="features.0.0=openblas""#))
    }

    @Test(arguments: [
        (
            ["profile", "mobilenet_v3"],
            "error: profile: there is no kernel or model 'mobilenet_v3'; did you mean 'mobil"
        ),
        (["profile", "conv2d"], "'conv2d' is a kernel, and profiles are for networks"),
        (["profile", "resnet18", "--without", "fold"], "error: --without: 'fold' is not "),
        (["run", "--case", "resnet18", "--without", "fold"], "error: --without: 'fold' is not "),
        (["profile", "resnet18", "--layer", "conv7=native"], "no layer or module 'conv7'"),
        (["profile", "matmul[m=8,k=8,n=8]", "--without", "fold-batch-norm"], "no model"),
        (["profile", "resnet18", "--implementation", "fastest"], "no implementation 'fastest'"),
        (["profile", "resnet18", "--threads", "0"], "--threads"),
        (["show", "--case", "resnet18", "--without", "fold"], "--without"),
        (["list", "models", "resnet19"], "did you mean"), (["list", "suites", "quick"], "by name"),
    ])
    func whatCannotBeIsSaid(arguments: [String], message: String) async throws {
        let result = try await Program.run(arguments, in: workspace.path)
        #expect(result.code == 64)
        #expect(result.errors.contains(message), "\(result.errors)")
        #expect(workspace.files("Results").isEmpty)
    }

    @Test func modelsAreListedOnALineEach() async throws {
        let all = try await workspace.run("list", "models")
        let line = try #require(all.output.split(separator: "\n").first { $0.hasPrefix("resnet50 ") })
        #expect(line.contains("25.56 M") && line.contains("4.089 G"))
        #expect(all.output.contains("without"))
        let one = try await workspace.run("list", "models", "resnet50")
        #expect(one.code == 0)
        #expect(one.output.contains("stride_in_1x1") && !one.output.contains("mobilenet"))
    }
}

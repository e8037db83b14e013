import Foundation
import Testing

/// What is wrong is said in one line, with exit code 64, and nothing is written.
@Suite struct BadInputTests {
    let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Workspace.small, to: "Suites/small.yaml")
    }

    @Test(arguments: [
        (["run"], "Name a suite"),
        (["run", "smal"], "did you mean 'small'?"),
        (["run", "mobilenet_v2"], "'mobilenet_v2' is a model, which runs with --case mobilenet_v2"),
        (["run", "mobilnet_v2"], "did you mean mobilenet_v2? 'mobilenet_v2' is a model, which runs with --case"),
        (["run", "conv2d"], "'conv2d' is a kernel, which runs with --case 'conv2d["),
        (["run", "--case", "conv2d"], "for example conv2d["),
        (["run", "small", "--filter", "nothing-like-it"], "matches no case"),
        (["run", "small", "--implementation", "opnblas"], "did you mean 'openblas'?"),
        (["run", "small", "--threads", "0"], "from 1 to 1024"),
        (["run", "small", "--threads", "many"], "threads"),
        (["run", "small", "--samples", "0"], "samples"),
        (["run", "small", "--precision", "2"], "1%"),
        (["run", "small", "--time-limit", "soon"], "500ms"),
        (["run", "small", "--shard", "3/2"], "INDEX/COUNT"),
        (["run", "small", "--format", "xml"], "xml"),
        (["run", "--case", "matmul[m=1"], "--case"),
        (["run", "--case", "matmul[m=1,k=1,n=0]"], "'0'"),
        (["show"], "Name a suite"),
        (["show", "--case", "conv2d[in=6,out=6,size=4,kernel=3,groups=4]"], "groups"),
        (["show", "--case", "conv2d[in=6,out=6,size=-4,kernel=3]"], "-4"),
        (["show", "--case", "matmul[m=2000000000,k=2000000000,n=2000000000]"], "larger than any memory"),
        (["dump", "nothing[]", "--to", "out"], "no kernel or model 'nothing'"),
        (["dump", "matmul[m=1,k=1,n=1]"], "--to"),
        (["dump", "null", "--to", ""], "--to is empty"),
        (["run", "small", "--results", ""], "--results is empty"),
        (["run", "small", "--reports", ""], "--reports is empty"),
        (["report", "--to", ""], "--to is empty"),
        (["run", "small", "--threads", "9999999999"], "from 1 to 1024"),
        (
            ["run", "--case", "matmul[m=1,k=1,n=1]/openblas/f32/t9999999999"],
            "'t9999999999' is not a number of threads"
        ),
        (["lits"], "lits"),
        (["list", "things"], "things"),
    ])
    func isRefused(arguments: [String], words: String) async throws {
        let result = try await Program.run(arguments, in: workspace.path)
        #expect(result.code == 64)
        #expect(result.errors.contains(words))
        #expect(result.output.isEmpty)
        #expect(workspace.files("Results").isEmpty)
        #expect(workspace.files("Reports").isEmpty)
        #expect(workspace.files("out").isEmpty)
    }

    @Test func aSuiteSaysWhereItIsWrong() async throws {
        try workspace.write(
            "cases:\n  - kernel: conv2d\n    with: { in: 4, out: 4, size: 8, kernell: 3 }\n", to: "Suites/bad.yaml")
        // A good suite beside it does not run first.
        let result = try await workspace.run("run", "small", "bad")
        let expected = "Suites/bad.yaml:3:37: conv2d has no parameter 'kernell'; did you mean 'kernel'?"
        #expect(result.code == 64)
        #expect(result.errors == "error: \(expected)\n")
        #expect(workspace.files("Results").isEmpty)
    }

    @Test func samplingThatCannotBeIsWrongBeforeAnythingRuns() async throws {
        try workspace.write("defaults: { samples: 99999999999 }\ncases: [{ kernel: 'null' }]", to: "Suites/many.yaml")
        let result = try await workspace.run("run", "many")
        #expect(result.code == 64)
        #expect(result.errors.contains("Suites/many.yaml: samples: 99999999999 cannot be used"))
        #expect(workspace.files("Results").isEmpty)
    }

    @Test func anInstructionSetThatIsNoneIsRefused() async throws {
        let result = try await workspace.run("run", "small", environment: ["ASSAY_ISA": "sse9"])
        #expect(result.code == 64)
        #expect(result.errors.contains("ASSAY_ISA=sse9 is not the name of an instruction set"))
        #expect(workspace.files("Results").isEmpty)
    }

    @Test func helpIsNoError() async throws {
        for arguments in [["--help"], ["run", "--help"], ["help", "show"], ["--version"]] {
            let result = try await Program.run(arguments, in: workspace.path)
            #expect(result.code == 0)
            #expect(!result.output.isEmpty)
        }
    }
}

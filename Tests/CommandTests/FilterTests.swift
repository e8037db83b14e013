import Foundation
import Results
import SwiftCSV
import Testing

@Suite struct FilterTests {
    let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Workspace.small, to: "Suites/small.yaml")
    }

    private func labels(_ arguments: String...) async throws -> [String] {
        let result = try await Program.run(["run", "small", "--list"] + arguments, in: workspace.path)
        #expect(result.code == 0, "\(result.errors)")
        #expect(workspace.files("Results").isEmpty)
        return result.output.split(separator: "\n").dropFirst(2).map {
            $0.split(separator: "  ").first.map(String.init) ?? ""
        }
    }

    @Test func listsWhatWouldRunAndRunsNothing() async throws {
        #expect(try await labels() == ["matmul 1", "matmul 8", "matmul 9", "nothing"])
        #expect(try await labels("--filter", "^null", "--filter", "m=8") == ["matmul 8", "nothing"])
        #expect(try await labels("--exclude", "m=(1|8)\\b") == ["matmul 9", "nothing"])
        #expect(try await labels("--filter", "matmul", "--shard", "2/3") == ["matmul 8"])
    }

    @Test func saysHowManyAreChosen() async throws {
        let result = try await workspace.run("show", "small", "--filter", "matmul (8|9)")
        #expect(result.errors == "2 of 4 cases\n")
        let run = try await workspace.run("run", "small", "--filter", "nothing", "--exclude", "matmul")
        #expect(run.errors.contains("1 of 4 cases\n"))
        let file = "\(workspace.path)/\(try workspace.runFile())"
        #expect(try RunFileReader.read(file).header.options["exclude"] == "matmul")
    }

    /// The same words in every command, before anything is built or measured.
    @Test(arguments: [
        ["run", "small"], ["show", "small"], ["compare", "HEAD", "HEAD", "small"], ["selftest", "small"],
        ["history", "small"], ["report"],
    ])
    func whatIsNoPatternIsRefused(command: [String]) async throws {
        let result = try await Program.run(command + ["--filter", "matmul[b=1"], in: workspace.path)
        #expect(result.code == 64)
        #expect(
            result.errors.contains(
                "--filter: 'matmul[b=1' is not a regular expression: character 7, '[', is not closed; "
                    + #"to find the text literally, write 'matmul\[b=1'"#), "\(result.errors)")
    }

    @Test func aReportOfSomeCases() async throws {
        _ = try await workspace.run("run", "small", "--no-report")
        let result = try await workspace.run("report", "--filter", "matmul 8", "--filter", "nothing", "--to", "some")
        #expect(result.code == 0)
        #expect(result.errors.contains("2 of 4 cases"))
        let rows = try CSV<Named>(string: try workspace.text("some/small.csv")).rows
        #expect(Set(rows.compactMap { $0["label"] }) == ["matmul 8", "nothing"])
        let none = try await workspace.run("report", "--filter", "matmul 8 nothing", "--to", "none")
        #expect(none.code == 64 && none.errors.contains("'matmul 8 nothing' matches no case"))
        #expect(workspace.files("none").isEmpty)
    }
}

import Foundation
import Results
import SwiftCSV
import Testing

@Suite struct RunTests {
    let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Workspace.small, to: "Suites/small.yaml")
    }

    private func records() throws -> [Record] {
        try RunFileReader.read("\(workspace.path)/\(try workspace.runFile())").records
    }

    @Test func fromYAMLToTableRunFileCSVAndPictures() async throws {
        let result = try await workspace.run("run", "small")
        #expect(result.code == 0)
        for label in ["matmul 1", "matmul 8", "matmul 9", "nothing"] { #expect(result.output.contains(label)) }
        let run = try RunFileReader.read("\(workspace.path)/\(try workspace.runFile())")
        #expect(run.records.map(\.status) == [.measured, .measured, .measured, .measured])
        #expect(run.records.allSatisfy { $0.samples?.seconds.count == 7 })
        #expect(run.problems.isEmpty)
        #expect(run.end?.measured == 4)
        #expect(run.ceilings?.arithmetic.isEmpty == false)
        #expect(run.header.suite.files.map(\.text) == [Workspace.small])
        let reports = workspace.files("Reports")
        for ending in ["csv", "gp", "svg", "png"] { #expect(reports.contains { $0.hasSuffix(".\(ending)") }) }

        let csv = try CSV<Named>(string: try workspace.text(try #require(reports.first { $0.hasSuffix("small.csv") })))
        #expect(
            csv.header == [
                "run", "commit", "machine", "suite", "case", "label", "kind", "name", "implementation", "threads",
                "metric",
                "statistic", "value", "unit",
            ])
        let least = csv.rows.filter {
            $0["metric"] == "latency" && $0["statistic"] == "min" && $0["label"] == "matmul 9"
        }
        #expect(least.count == 1)
        let record = try #require(run.records.first { $0.label == "matmul 9" })
        #expect(least[0]["value"].flatMap(Double.init) == record.samples?.seconds.min())
        #expect(least[0]["unit"] == "s")
        let wide = try CSV<Named>(string: try workspace.text(try #require(reports.first { $0.hasSuffix("wide.csv") })))
        let row = try #require(wide.rows.first { $0["label"] == "matmul 9" })
        #expect(row["latency_seconds_min"] == least[0]["value"] && row["m"] == "9" && row["batch"] == "1")
        #expect(wide.rows.count == 4)
        let samples = try workspace.text(try #require(reports.first { $0.hasSuffix("samples.csv") }))
        #expect(samples.split(separator: "\n").count == 1 + 4 * 7)
    }

    @Test func printsJSONAndCSV() async throws {
        let json = try await workspace.run("run", "small", "--filter", "nothing", "--format", "json", "--no-report")
        #expect(json.code == 0)
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        #expect(document["format"] as? String == "assay" && document["command"] as? String == "run")
        let cases = try #require(document["cases"] as? [[String: Any]])
        let latency = (cases.first?["metrics"] as? [String: [String: Any]])?["latency"]
        #expect(cases.count == 1 && latency?["unit"] as? String == "s" && latency?["count"] as? Double == 7)
        #expect(latency?["ci_low"] as? Double ?? 1 <= latency?["median"] as? Double ?? 0)
        #expect(workspace.files("Reports").isEmpty)
        let csv = try await workspace.run("run", "small", "--filter", "nothing", "--format", "csv", "--no-report")
        #expect(try CSV<Named>(string: csv.output).rows.contains { $0["metric"] == "latency" })
        let markdown = try await workspace.run(
            "run", "small", "--filter", "nothing", "--format", "markdown", "--no-report")
        #expect(markdown.output.hasPrefix("| case ") && markdown.output.contains("\n| nothing "))
    }

    @Test func oneFileForBothStreamsHoldsWholeLines() async throws {
        #expect(try await Program.shell("run small > log 2>&1", in: workspace.path) == 0)
        let lines = try workspace.text("log").split(separator: "\n").map(String.init)
        let rows = lines.filter { $0.contains("openblas") && $0.contains("tolerance") }
        #expect(rows.count == 3)
        #expect(rows.allSatisfy { $0.hasPrefix("matmul ") && $0.hasSuffix("of tolerance") })
        #expect(lines.count { $0.hasPrefix("[") } == 4)
    }

    @Test func strictAsksForThePrecision() async throws {
        let few = try await workspace.run("run", "small", "--samples", "3", "--strict", "--no-report")
        #expect(few.code == 4)
        #expect(few.output.contains("! 4 of 4 cases did not reach 1.0 %"))
        #expect(few.output.contains("unknown !"))
        let wide = try await workspace.run(
            "run", "small", "--filter", "openblas", "--precision", "99%", "--strict", "--no-report", "--wait-quiet",
            "1s"
        )
        #expect(wide.code == 0)
    }

    @Test func aCaseRunsAgainByTheNameItWasGiven() async throws {
        let result = try await workspace.run("run", "--case", "matmul[m=3,k=4,n=5]/openblas", "--samples", "6")
        #expect(result.code == 0)
        #expect(try records().map(\.case) == ["matmul[b=1,m=3,k=4,n=5,bias=false]/openblas/f32/t1"])
    }

    /// The second run finds the same outputs, and takes the answer from the first; --verify does not.
    @Test func whatWasVerifiedIsNotVerifiedAgain() async throws {
        func answer(_ number: Int, _ options: String...) async throws -> (Answer, table: String) {
            let result = try await Program.run(
                ["run", "--case", "resnet18[resolution=32,classes=10]/native", "--samples", "2", "--no-report"]
                    + ["--results", "\(number)"] + options, in: workspace.path)
            #expect(result.code == 0)
            let file = try #require(workspace.files("\(number)").first)
            let record = try #require(try RunFileReader.read("\(workspace.path)/\(file)").records.first)
            return (try #require(record.answer), result.output)
        }
        let (first, _) = try await answer(1)
        #expect(first.verified == nil)
        #expect(first.layer != nil)
        #expect(try #require(first.seconds) > 0)
        let (second, table) = try await answer(2)
        #expect(second.verified != nil)
        #expect((second.error, second.tolerance) == (first.error, first.tolerance))
        #expect(second.layer == first.layer)
        #expect(table.contains("verified before"))
        #expect(try await answer(3, "--verify").0.verified == nil)
        // A cache that is damaged is not believed.
        for file in workspace.files("cache/assay/verified") {
            try workspace.write(try workspace.text(file).replacing("error", with: "errol"), to: file)
        }
        #expect(try await answer(4).0.verified == nil)
        #expect(try await answer(5).0.verified != nil)
        // And one that cannot be written is no failure.
        try FileManager.default.removeItem(atPath: "\(workspace.path)/cache")
        try workspace.write("in the way", to: "cache")
        #expect(try await answer(6).0.verified == nil)
    }

    @Test func sharesMakeTheWhole() async throws {
        for share in ["1/2", "2/2"] {
            #expect(try await workspace.run("run", "small", "--shard", share, "--no-report").code == 0)
        }
        let runs = workspace.runFiles
        #expect(runs.count == 2)
        let cases = try runs.map { try RunFileReader.read("\(workspace.path)/\($0)").records.map(\.label) }
        #expect(cases.allSatisfy { $0.count == 2 })
        #expect(cases.flatMap { $0 }.sorted() == ["matmul 1", "matmul 8", "matmul 9", "nothing"])
        // Together they make one report.
        let report = try await Program.run(["report"] + runs + ["--to", "all"], in: workspace.path)
        #expect(report.code == 0)
        let rows = try CSV<Named>(string: try workspace.text("all/small.csv")).rows
        #expect(Set(rows.compactMap { $0["label"] }).count == 4)
    }

    @Test func aRunThatWasCutOffIsContinued() async throws {
        _ = try await workspace.run("run", "small", "--no-report")
        let file = try workspace.runFile()
        let lines = try workspace.text(file).split(separator: "\n")
        // Header, ceilings, the first record, half of the second.
        try workspace.write(lines[..<3].joined(separator: "\n") + "\n" + lines[3].prefix(40), to: file)
        let result = try await workspace.run("run", "small", "--resume", "--no-report")
        #expect(result.code == 0)
        #expect(try workspace.runFile() == file)
        let records = try records()
        #expect(records.map(\.label) == ["matmul 1", "matmul 8", "matmul 9", "nothing"])
        #expect(try RunFileReader.read("\(workspace.path)/\(file)").end?.measured == 4)
        #expect(result.errors.contains("[3/3] nothing"))
        // The first was not measured again.
        #expect(try workspace.text(file).split(separator: "\n")[2] == lines[2])
        // With other options it would not be the same run.
        try workspace.write(lines[..<3].joined(separator: "\n") + "\n", to: file)
        let other = try await workspace.run("run", "small", "--resume", "--samples", "9", "--no-report")
        #expect(other.code == 64)
        #expect(other.errors.contains("samples is 9, and was 7"))
        // While it is still being written nothing is added to it.
        let descriptor = open("\(workspace.path)/\(file)", O_RDWR | O_CLOEXEC)
        defer { close(descriptor) }
        #expect(flock(descriptor, LOCK_EX) == 0)
        let before = try workspace.text(file)
        let live = try await workspace.run("run", "small", "--resume", "--no-report")
        #expect(live.code == 3)
        #expect(live.errors.contains("another process is writing it"))
        #expect(try workspace.text(file) == before)
    }

    @Test func whatCannotBeMeasuredIsTold() async throws {
        let result = try await workspace.run(
            "run", "--case", "matmul[m=2000000,k=2000000,n=2]/openblas", "--case", "matmul[m=2,k=2,n=2]/openblas",
            "--samples", "6",
            "--no-report")
        #expect(result.code == 3)
        let records = try records()
        #expect(records.map(\.status) == [.failed, .measured])
        #expect(records[0].failure?.kind == .memory)
        #expect(
            result.errors.contains("assay run --case 'matmul[b=1,m=2000000,k=2000000,n=2,bias=false]/openblas/f32/t1'"))
        #expect(result.output.contains("not started"))
    }

    @Test func aTimeoutCostsOneCase() async throws {
        let result = try await workspace.run(
            "run", "--case", "matmul[m=3000,k=3000,n=3000]/openblas", "--case", "matmul[m=2,k=2,n=2]/openblas",
            "--samples", "6",
            "--timeout", "4s", "--no-report")
        #expect(result.code == 3)
        #expect(try records().map(\.failure?.kind) == [.timeout, nil])
    }

    @Test func threadsThatBLASDoesNotHaveAreNotReported() async throws {
        // An OpenBLAS is built for some threads at most (Debian's for 64), and runs those when it is asked for more.
        let result = try await workspace.run(
            "run", "--case", "matmul[m=8,k=8,n=8]/openblas/f32/t1024", "--samples", "3", "--no-report")
        #expect(result.code == 3)
        #expect(try records()[0].failure?.message.contains("OpenBLAS was built for") == true)
    }

    @Test func aPartOfASuiteNeedNotFillItsPlots() async throws {
        let result = try await workspace.run("run", "small", "--filter", "nothing")
        #expect(result.code == 0)
        #expect(!result.errors.contains("no plot"), "who chose the cases did not ask for the plot of others")
        #expect(try await workspace.run("report").code == 0)
    }

    @Test func withoutGnuplotNothingMeasuredIsLost() async throws {
        let result = try await workspace.run("run", "small", environment: ["PATH": "/nowhere"])
        #expect(result.code == 3)
        #expect(result.errors.contains("gnuplot"))
        #expect(try records().count == 4)
        #expect(workspace.files("Reports").contains { $0.hasSuffix(".csv") })
    }

    @Test func aFolderThatCannotBeWrittenIsSaid() async throws {
        try workspace.write("in the way", to: "blocked")
        let results = try await workspace.run("run", "small", "--results", "blocked")
        #expect(results.code == 3)
        #expect(results.errors.contains("blocked"))
        // Before anything is measured.
        let reports = try await workspace.run("run", "small", "--reports", "blocked")
        #expect(reports.code == 3)
        #expect(reports.errors.contains("cannot create the folder: Not a directory"))
        #expect(workspace.runFiles.isEmpty && reports.output.isEmpty)
    }

    @Test func coldOperandsAreRotated() async throws {
        let result = try await workspace.run(
            "run", "--case", "matmul[m=64,k=4096,n=64]/openblas", "--cold", "--samples", "6", "--no-report")
        #expect(result.code == 0)
        #expect(try #require(try records()[0].samples).sets > 1)
    }
}

@Suite struct StreamTests {
    let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Workspace.small, to: "Suites/small.yaml")
    }

    @Test(arguments: [">&-", "2>&-", "2>/dev/full", "<&- >&- 2>&-"])
    func closedStreamsCostNothing(redirection: String) async throws {
        let code = try await Program.shell("run small --no-report --format json \(redirection)", in: workspace.path)
        #expect(code == 0)
        let run = try RunFileReader.read("\(workspace.path)/\(try workspace.runFile())")
        #expect(run.problems.isEmpty)
        #expect(run.records.count == 4)
    }

    @Test(arguments: ["list kernels", "show small", "run small --no-report", "run small --no-report --format json"])
    func resultsThatCannotBeWrittenAreSaid(command: String) async throws {
        let code = try await Program.shell("\(command) >/dev/full 2>errors", in: workspace.path)
        #expect(code == 3)
        #expect(try workspace.text("errors").contains("standard output cannot be written"))
    }

    @Test func aStoppedRunSaysHowMuchIsMissing() async throws {
        let stopped = try await Program.script(
            """
            "$ASSAY" run small --samples 1000000 --time-limit 1h --no-report & pid=$!
            for i in $(seq 600); do grep -qs '"ceilings"' Results/*/*.jsonl && break; sleep 0.05; done
            kill -TERM $pid; wait $pid
            """, in: workspace.path)
        #expect(stopped.errors.contains(": 0 of 4 measured in "), "\(stopped.errors)")
        #expect(stopped.output.isEmpty, "a table without rows says nothing")
        let report = try await workspace.run("report", try workspace.runFile())
        #expect(report.errors.contains("was cut off: 4 of 4 cases are missing"), "\(report.errors)")
    }
}

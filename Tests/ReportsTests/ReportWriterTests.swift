import Foundation
import Reports
import Results
import Testing

@Suite struct ReportWriterTests {
    private let run = PlotTests.sweep

    @Test func writesEverythingAndNothingElse() throws {
        let scratch = try Scratch()
        let outcome = ReportWriter(folder: "\(scratch.path)/deep/er").write([run])
        #expect(outcome.problems.isEmpty)
        let names = try FileManager.default.contentsOfDirectory(atPath: "\(scratch.path)/deep/er")
        #expect(names.sorted() == outcome.written.sorted())
        #expect(names.filter { $0.hasSuffix(".png") }.count == 5 && names.filter { $0.hasSuffix(".svg") }.count == 5)
    }

    @Test func theSameRunsGiveTheSameBytes() throws {
        let (first, second) = (try Scratch(), try Scratch())
        let other = Synthetic.run(
            [Synthetic.record("other", implementation: "plain")], id: "2025-01-02T00-00-00Z-grouped", suite: "grouped")
        // Dictionaries are ordered anew in each: parameters are inserted backwards.
        var shuffled = run
        for i in shuffled.records.indices {
            let pairs = shuffled.records[i].parameters.sorted { $0.key > $1.key }
            shuffled.records[i].parameters = [:]
            shuffled.records[i].parameters.reserveCapacity(64)
            for (key, value) in pairs { shuffled.records[i].parameters[key] = value }
        }
        let written = ReportWriter(folder: first.path).write([run, other]).written
        #expect(ReportWriter(folder: second.path).write([shuffled, other]).written == written)
        // A second time over the first.
        #expect(ReportWriter(folder: first.path).write([run, other]).written == written)
        for name in written {
            #expect(
                FileManager.default.contents(atPath: "\(first.path)/\(name)")
                    == FileManager.default.contents(atPath: "\(second.path)/\(name)"), "\(name)")
        }
    }

    @Test func scriptsNameNoPlace() throws {
        let scratch = try Scratch()
        let outcome = ReportWriter(folder: scratch.path).write([run])
        for name in outcome.written where name.hasSuffix(".gp") {
            #expect(!(try scratch.text(name)).contains(scratch.path))
        }
    }

    /// A script alone, in another folder, draws the same pictures.
    @Test func scriptsAreCompleteInThemselves() throws {
        let (made, again) = (try Scratch(), try Scratch())
        let outcome = ReportWriter(folder: made.path).write([run])
        for name in outcome.written where name.hasSuffix(".gp") {
            try FileManager.default.copyItem(atPath: "\(made.path)/\(name)", toPath: "\(again.path)/\(name)")
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            process.arguments = ["gnuplot", name]
            process.currentDirectoryURL = URL(fileURLWithPath: again.path)
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
        for name in outcome.written where name.hasSuffix(".png") || name.hasSuffix(".svg") {
            #expect(
                FileManager.default.contents(atPath: "\(made.path)/\(name)")
                    == FileManager.default.contents(atPath: "\(again.path)/\(name)"), "\(name)")
        }
    }

    @Test func withoutGnuplotScriptsAreWritten() throws {
        let scratch = try Scratch()
        let outcome = ReportWriter(folder: scratch.path, drawing: Drawing(program: "gnuplot-that-is-not-there")).write([
            run
        ])
        #expect(outcome.problems.count == 1)
        #expect(outcome.problems.first?.remedy == "install gnuplot-nox")
        #expect(scratch.names == outcome.written.sorted())
        #expect(scratch.names.filter { $0.hasSuffix(".gp") }.count == 5 && scratch.names.contains("grouped.csv"))
    }

    @Test func aGnuplotThatFailsLeavesNoPicture() throws {
        let scratch = try Scratch()
        let outcome = ReportWriter(folder: scratch.path, drawing: Drawing(program: "false")).write([run])
        #expect(!outcome.problems.isEmpty)
        #expect(outcome.problems.allSatisfy { !$0.description.contains("\n") })
        #expect(scratch.names.allSatisfy { $0.hasSuffix(".gp") || $0.hasSuffix(".csv") })
        // One that says it went well and drew nothing.
        #expect(ReportWriter(folder: scratch.path, drawing: Drawing(program: "true")).write([run]).problems.count == 5)
        #expect(scratch.names.allSatisfy { $0.hasSuffix(".gp") || $0.hasSuffix(".csv") })
    }

    @Test func aFolderThatCannotBeIsOneProblem() throws {
        let scratch = try Scratch()
        try "kept".write(toFile: "\(scratch.path)/file", atomically: true, encoding: .utf8)
        let outcome = ReportWriter(folder: "\(scratch.path)/file/reports").write([run])
        #expect(outcome.written.isEmpty && outcome.problems.count == 1)
        #expect(try scratch.text("file") == "kept")
        let kernels = ReportWriter(folder: "/proc/reports").write([run])
        #expect(kernels.written.isEmpty && kernels.problems.count == 1)
    }

    /// A folder stands where a file should: the others are written, and nothing is left half.
    @Test func oneFileThatFailsIsNotAll() throws {
        let scratch = try Scratch()
        try FileManager.default.createDirectory(
            atPath: "\(scratch.path)/grouped.csv/x", withIntermediateDirectories: true)
        let outcome = ReportWriter(folder: scratch.path).write([run])
        #expect(outcome.problems.count == 1)
        #expect(outcome.problems.first?.description.contains("grouped.csv") == true)
        #expect(outcome.written.contains("grouped-bars-label.png"))
        #expect(!scratch.names.contains { $0.hasPrefix(".") })
    }

    @Test func aFullDiskIsSaid() throws {
        var script = PlotScript()
        script.block("data", rows: (0..<5000).map { [Double($0), 0.1, nil] })
        #expect {
            try script.write(to: "/dev/full")
        } throws: { error in
            (error as? ReportProblem)?.remedy.contains("space") == true
        }
        #expect(throws: ReportProblem.self) { try PlotScript().write(to: "/proc/none/x.gp") }
    }

    @Test func scriptsAreLiteral() throws {
        let scratch = try Scratch()
        var script = PlotScript()
        script.line("set title \(PlotScript.quoted("it's\n50 %"))")
        script.block("data", rows: [[1, 0.1, nil], [1e-9, .infinity, 1e21]])
        try script.write(to: "\(scratch.path)/x.gp")
        #expect(try scratch.text("x.gp") == "set title 'it’s 50 %'\n$data << e\n1 0.1 NaN\n1e-09 NaN 1e+21\ne\n")
    }

    /// The script of two cases as it is checked in: a change of any byte of it should be meant.
    @Test func snapshot() throws {
        let run = Synthetic.run(
            [Synthetic.record("a_1", seconds: 1e-3), Synthetic.record("it's b", seconds: 2e-3, seed: 2)],
            plots: [PlotRequest(kind: "bars")])
        let scratch = try Scratch()
        _ = ReportWriter(folder: scratch.path, drawing: Drawing(program: "gnuplot-that-is-not-there")).write([run])
        let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Snapshots/quick-bars-label.gp").path
        let written = try scratch.text("quick-bars-label.gp")
        if ProcessInfo.processInfo.environment["ASSAY_RECORD_SNAPSHOTS"] != nil {
            try written.write(toFile: path, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == written)
    }
}

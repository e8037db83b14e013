import Foundation
import Reports
import Results
import Testing

@Suite struct PlotTests {
    /// Two implementations over a sweep at two sizes.
    static let sweep: Run = {
        var records: [Record] = []
        for size in [56, 28] {
            for groups in [1, 2, 4, 8] {
                for implementation in ["openblas", "plain"] {
                    records.append(
                        Synthetic.record(
                            "g\(groups) @\(size)", implementation: implementation,
                            parameters: ["groups": "\(groups)", "size": "\(size)", "height": "\(size)", "in": "64"],
                            macs: 1_000_000 * size / groups, seconds: 1e-5 * Double(size) / Double(groups),
                            seed: groups + size))
                }
            }
        }
        return Synthetic.run(records, suite: "grouped")
    }()

    private func text(_ plot: Plot) throws -> String {
        let scratch = try Scratch()
        try plot.script.write(to: "\(scratch.path)/x.gp")
        return try scratch.text("x.gp")
    }

    @Test func everyKindOfTheFolderIsListed() throws {
        let names = try Sources.names(in: Sources.folder("Show/Reports/Plots")).map { $0.replacing(".swift", with: "") }
        #expect(names.map { $0.lowercased() }.sorted() == PlotCatalog.kinds.map { $0.name }.sorted())
    }

    @Test func sensiblePlotsAreDrawnUnasked() {
        let (plots, problems) = PlotCatalog.plots(of: [Self.sweep])
        #expect(problems.isEmpty)
        #expect(
            plots.map(\.name) == [
                "grouped-bars-label", "grouped-lines-groups", "grouped-roofline", "grouped-scatter",
                "grouped-distribution",
            ])
        var bare = Self.sweep
        bare.ceilings = nil
        #expect(!PlotCatalog.plots(of: [bare]).plots.map(\.name).contains("grouped-roofline"))
    }

    /// Winograd's algorithm does a quarter of the multiply-adds that are counted: 4 GFLOPs in 10 ms are 100 GFLOP/s of work done.
    @Test func aRooflinePlacesCasesByWhatIsDone() throws {
        var record = Synthetic.record("w", implementation: "winograd", macs: 2_000_000_000, bytes: 1_000_000)
        record.costs.executedMACs = 500_000_000
        record.samples?.seconds = Array(repeating: 10e-3, count: 9)
        var run = Synthetic.run([record], plots: [PlotRequest(kind: "roofline")])
        run.ceilings?.bandwidth[3].bytesPerSecond = 100e9
        let plot = try #require(PlotCatalog.plots(of: [run]).plots.first)
        let points = PlottedScript(plot).clauses.filter { $0.style == "points" }.flatMap(\.points)
        #expect(points.map(\.x) == [1000] && points.map(\.y) == [100e9])
        let text = try text(plot)
        #expect(text.contains("Executed operations per second"))
        // As below the table.
        #expect(text.contains("The ceilings are in doubt: memory reads faster than L3 (1 thread)"))
    }

    @Test func theShareOfTheRooflineCanBePlotted() throws {
        let run = Synthetic.run(
            [Synthetic.record("a"), Synthetic.record("b", seconds: 2e-3)],
            plots: [PlotRequest(kind: "bars", x: "label", y: "roofline_share")])
        let plot = try #require(PlotCatalog.plots(of: [run]).plots.first)
        #expect(plot.name.contains("roofline_share") && !PlottedScript(plot).clauses.isEmpty)
    }

    @Test func nothingMeasuredMakesNoPlot() {
        let failed = Synthetic.unmeasured(Synthetic.record("a"), .timeout, "no answer")
        let (plots, problems) = PlotCatalog.plots(of: [Synthetic.run([failed])])
        #expect(plots.isEmpty && problems.isEmpty)
        #expect(PlotCatalog.plots(of: []).plots.isEmpty)
    }

    @Test func requestsAreDrawnAsAsked() throws {
        var run = Self.sweep
        run.header.suite.plots = [
            PlotRequest(kind: "bars", x: "groups", y: "throughput", title: "it's mine"),
            PlotRequest(kind: "bars", x: "groups", y: "throughput", filters: ["@28"]),
        ]
        let (plots, problems) = PlotCatalog.plots(of: [run])
        #expect(problems.isEmpty)
        #expect(plots.map(\.name) == ["grouped-bars-groups-throughput", "grouped-bars-groups-throughput-2"])
        let script = try text(plots[0])
        #expect(script.contains("'it’s mine'") && script.contains("Throughput"))
        #expect(script.contains("title 'openblas, size 28'"))
        #expect(!(try text(plots[1])).contains("size 56"))
    }

    @Test(arguments: [
        (PlotRequest(kind: "pie"), "choose one of bars, lines, roofline, scatter, distribution"),
        (PlotRequest(kind: "bars", y: "speed"), "choose one of latency"),
        (PlotRequest(kind: "bars", x: "grups"), "groups"),
        (PlotRequest(kind: "lines", x: "groups", series: "color"), "implementation"),
        (PlotRequest(kind: "lines", x: "implementation"), "bars"),
        (PlotRequest(kind: "bars", filters: ["zzz"]), "choose a part of a name"),
    ])
    func whatIsAskedInVainIsSaid(_ request: PlotRequest, _ remedy: String) {
        var run = Self.sweep
        run.header.suite.plots = [request, PlotRequest(kind: "scatter")]
        let (plots, problems) = PlotCatalog.plots(of: [run])
        #expect(plots.map(\.name) == ["grouped-scatter"])
        #expect(problems.count == 1 && problems[0].description.contains(remedy))
    }

    @Test func aCollectionOfShapesIsNoSweep() {
        let shapes = [(64, 56), (128, 28), (256, 14), (512, 7)].map { channels, size in
            Synthetic.record("\(channels)@\(size)", parameters: ["in": "\(channels)", "size": "\(size)"])
        }
        #expect(!PlotCatalog.plots(of: [Synthetic.run(shapes)]).plots.contains { $0.name.contains("lines") })
    }

    @Test func placesKeepTheOrderOfThePlan() throws {
        let records = [("first", "openblas"), ("second", "plain"), ("third one", "openblas")].map {
            Synthetic.record($0.0, implementation: $0.1)
        }
        let script = try text(try #require(PlotCatalog.plots(of: [Synthetic.run(records)]).plots.first))
        let places = ["first", "second", "third one"].compactMap { script.firstRange(of: "'\($0)'")?.lowerBound }
        #expect(places.count == 3 && places == places.sorted())
    }

    @Test func runsOfTwoCommitsStandSideBySide() throws {
        let (base, head) = (
            Synthetic.run([Synthetic.record("a")], id: "1"), Synthetic.run([Synthetic.record("a")], id: "2")
        )
        var other = head
        other.header.commit?.hash = "fedcba9876543210"
        let script = try text(try #require(PlotCatalog.plots(of: [other, base]).plots.first))
        #expect(script.contains("title '0123456789ab'") && script.contains("title 'fedcba987654'"))
    }

    @Test func casesThatFailedAreSaidInThePlot() throws {
        let failed = Synthetic.unmeasured(Synthetic.record("b"), .timeout, "no answer")
        let plots = PlotCatalog.plots(of: [Synthetic.run([Synthetic.record("a"), failed])]).plots
        let bars = try #require(plots.first)
        #expect(try text(bars).contains("'failed: timeout'"))
        for plot in plots { #expect(try text(plot).contains("Not shown, of 2 cases: 1 failed")) }
    }

    /// What a run file from elsewhere holds must not be run, nor lead out of the folder.
    @Test func labelsAreTextWhateverTheyHold() throws {
        let scratch = try Scratch()
        let evil =
            "'; system('touch \(scratch.path)/a') `touch \(scratch.path)/b` @x %s {/*\n!touch \(scratch.path)/c\n"
        let records = [1.0, 2, 3].map { number in
            Synthetic.record(
                evil + "\(number)", name: evil, implementation: evil, parameters: ["m": evil, "n": "\(number)"],
                macs: Int(number) * 1000, seconds: number * 1e-3)
        }
        var run = Synthetic.run(records, id: "../x", suite: "../../etc")
        run.header.machine.processor = evil
        let outcome = ReportWriter(folder: "\(scratch.path)/it's \"out\"").write([run])
        #expect(outcome.problems.isEmpty)
        #expect(outcome.written.contains("etc.csv") && outcome.written.contains("etc-bars-label.png"))
        #expect(scratch.names == ["it's \"out\""])
    }

    /// The ends of what a run file can hold.
    @Test func extremeFiguresDrawOrAreLeftOut() throws {
        let scratch = try Scratch()
        let seconds = [Double.leastNonzeroMagnitude, 1e-12, 1, 1e308, 0]
        let records = seconds.enumerated().map { index, value in
            Synthetic.record(
                "case \(index)", parameters: ["n": "\(value)"], macs: 1 + index, seconds: value, samples: 7)
        }
        let outcome = ReportWriter(folder: scratch.path).write([Synthetic.run(records)])
        #expect(outcome.written.contains("quick.csv"))
        #expect(outcome.written.contains("quick-bars-label.gp"))
    }

    /// Twelve series once shared eight looks.
    @Test func noTwoSeriesLookAlike() throws {
        let names = (1...12).map { "kernel\($0)" }
        let run = Synthetic.run(
            names.enumerated().map { Synthetic.record($1, name: $1, macs: 1000 << $0, seconds: 1e-6 * Double(1 << $0)) }
        )
        let scatter = try #require(PlotCatalog.plots(of: [run]).plots.first { $0.name.contains("scatter") })
        let looks = scatter.script.statements.compactMap { statement -> String? in
            guard case .line(let line) = statement, line.contains("title 'kernel") else { return nil }
            return line
        }.flatMap { $0.matches(of: /pointtype \d+ .*?linecolor '#[0-9a-f]+'/).map { String($0.output) } }
        #expect(looks.count >= 12)
        #expect(Set(looks).count == 12)
    }

    /// Hundreds of records under one label: every one a place of its own, on few pages.
    @Test func manyRecordsThatShareALabel() throws {
        let records = (0..<1000).map { Synthetic.record("same", parameters: ["m": "\($0)"], samples: 7, seed: $0) }
        let plots = PlotCatalog.plots(of: [Synthetic.run(records, plots: [PlotRequest(kind: "bars")])]).plots
        #expect(plots.map(\.name) == (1...3).map { "quick-bars-label-\($0)" })
        let scripts = try plots.map(text)
        for (number, page) in [(0, 0), (399, 0), (400, 1), (999, 2)] {
            #expect(scripts[page].contains("'same · m \(number)'"))
        }
    }

    @Test func whatIsOnNoPageIsCounted() throws {
        let records = (0..<500).map { Synthetic.record("case \($0)", samples: 7, seed: $0) }
        let plots = PlotCatalog.plots(of: [Synthetic.run(records, plots: [PlotRequest(kind: "distribution")])]).plots
        #expect(plots.count == 10)
        for plot in plots { #expect(try text(plot).contains("In no picture: 20 more cases")) }
    }
}

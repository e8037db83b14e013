import Comparison
import Foundation
import Reports
import Results
import Testing

/// Pictures show all that was measured: nothing outside of the axes, nothing cut, nothing left out without a word.
@Suite struct TrueDataTests {
    /// What a script draws; nothing of it lies outside.
    private func checked(_ plots: [Plot], _ subject: String) -> [PlottedScript] {
        plots.map { plot in
            let script = PlottedScript(plot)
            #expect(script.outside.isEmpty, "\(subject), \(plot.name): \(script.outside.prefix(3))")
            return script
        }
    }

    @Test(arguments: PlannedRuns.suites)
    func noPointOfASuiteLiesOutside(suite: String) throws {
        let run = try PlannedRuns.run(of: suite)
        let (plots, problems) = PlotCatalog.plots(of: [run])
        #expect(problems.isEmpty)
        #expect(!checked(plots, suite).isEmpty)
        var unasked = run
        unasked.header.suite.plots = []
        #expect(!checked(PlotCatalog.plots(of: [unasked]).plots, "\(suite), unasked").isEmpty)
        // Kinds that have a metric, with one of each sort: with intervals, of bytes, counted, zero here and there.
        for kind in ["bars", "lines", "scatter"] {
            for metric in ["throughput", "own_memory", "macs", "allocations"] {
                unasked.header.suite.plots = [PlotRequest(kind: kind, y: metric)]
                _ = checked(PlotCatalog.plots(of: [unasked]).plots, "\(suite), \(kind), \(metric)")
            }
        }
    }

    @Test(arguments: PlannedRuns.suites)
    func aRooflineHasAPointForEachCaseThatComputes(suite: String) throws {
        var run = try PlannedRuns.run(of: suite)
        run.header.suite.plots = [PlotRequest(kind: "roofline")]
        let plots = PlotCatalog.plots(of: [run]).plots
        // Ceilings are those of one thread.
        let cases = run.records.filter {
            $0.status == .measured && $0.threads == 1 && $0.costs.leastTraffic > 0
                && (Metric.operations.headline($0) ?? 0) > 0
        }
        let clouds = checked(plots, suite).flatMap(\.clauses).filter { $0.style == "points" }
        #expect(clouds.flatMap(\.points).count == cases.count)
    }

    @Test func comparisonsHoldTheWholeInterval() throws {
        let judgement = ComparisonReportTests.judged([
            "wide": [-1.5, -1.2, -0.4, 0, 0.2, 0.4, 0.9, 1.085], "endless": [-9, -9, 0, 0, 0, 9, 9, 9],
            "few": [-0.1, 0.2, 0.3], "narrow": Array(repeating: 0.001, count: 9),
        ])
        let plots = ComparisonReport(judgement).plots
        let script = try #require(checked(plots, "comparison").first)
        let text = plots[0].script.text
        #expect(text.contains("set logscale x"))
        for item in judgement.cases {
            let ends = try #require(item.time?.interval ?? item.range)
            for end in [ends.lowerBound, ends.upperBound] where (1e-3...1e3).contains(end) {
                let shown = script.clauses.flatMap(\.points).contains { abs($0.x / end - 1) < 1e-9 }
                #expect(shown, "\(item.item.label): \(end)")
            }
        }
        #expect(text.contains("Arrow heads: 1 of 4 intervals"))
        #expect(text.contains("the range of too few values for an interval, 1 of 4 cases"))
    }

    @Test func everyVerdictIsInThePicture() throws {
        let report = ComparisonReport(ComparisonReportTests.judgement)
        let script = try #require(report.plots.first.map(PlottedScript.init))
        let points = script.clauses.filter { $0.style == "points" }.flatMap(\.points)
        #expect(points.count == ComparisonReportTests.judgement.cases.count { $0.time != nil })
    }

    @Test func historiesAndProfilesToo() throws {
        let history = try HistoryReportTests.history(commits: 8, cases: 11) { runs in
            runs[3].records[2].samples?.seconds = [1e-6, 1, 2]
            runs[5].records[4].samples?.seconds = [0, 0, 0, 0, 0, 0, 0]
            runs[6].records[5].samples?.seconds = [3e-3]
        }
        let scripts = checked(HistoryPlots.plots(of: history), "history")
        #expect(scripts.count == 2)
        // The three samples of one commit are shown by their range.
        #expect(scripts[0].clauses.contains { $0.block == "ranges3" && $0.points.map(\.y) == [1e-6, 2] })
        #expect(
            scripts.flatMap(\.clauses).filter { $0.style == "points" }.flatMap(\.points).count
                == 2 * history.series.flatMap(\.points).count)
    }

    /// A layer has the same time in the table and in the picture.
    @Test func aProfileIsDrawnAsItsTableSays() throws {
        var run = ProfileTests.run()
        for (number, share) in [0.5, 3, 1, 1.2, 1.3, 0.9, 1.1].enumerated() {
            for index in 1..<run.records.count {
                run.records[index].samples?.seconds[number] =
                    1e-3 * Double(index) * (share + 0.01 * Double(index * number))
            }
        }
        run.header.suite.plots = [
            PlotRequest(kind: "bars", filters: ["#"]), PlotRequest(kind: "roofline", filters: ["#"]),
        ]
        let scripts = checked(PlotCatalog.plots(of: [run]).plots, "profile")
        let profile = try #require(Profile(run))
        let bars = scripts[0].clauses.filter { $0.style == "boxxyerror" }.flatMap(\.points).flatMap { [$0.x, $0.y] }
        for row in profile.rows {
            #expect(bars.contains(row.seconds), "\(row.record.label)")
            #expect(row.seconds != row.record.latencies?.median)
            let rate = (Metric.operations.headline(row.record) ?? 0) / row.seconds
            #expect(scripts[1].clauses.flatMap(\.points).contains { abs($0.y / rate - 1) < 1e-12 })
        }
    }

    @Test func fewSamplesShowTheirRange() throws {
        var record = Synthetic.record("few")
        record.samples?.seconds = [2e-3, 1e-3, 4e-3]
        let plot = try #require(PlotCatalog.plots(of: [Synthetic.run([record, Synthetic.record("many")])]).plots.first)
        let ranges = PlottedScript(plot).clauses.filter { $0.block == "ranges1" }.flatMap(\.points)
        #expect(ranges.map(\.x) == [1e-3, 4e-3] || ranges.map(\.y) == [1e-3, 4e-3])
        #expect(plot.script.text.contains("range of fewer than 6 samples"))
    }

    @Test func zerosAreTold() throws {
        let records = [0, 0, 1_000_000, 2_000_000, 3_000_000].enumerated().map {
            Synthetic.record("case \($0)", macs: $1, others: 5)
        }
        var run = Synthetic.run(
            records, plots: [PlotRequest(kind: "scatter"), PlotRequest(kind: "scatter", x: "allocations", y: "error")])
        for index in run.records.indices { run.records[index].memory?.allocations = 0 }
        let (plots, problems) = PlotCatalog.plots(of: [run])
        #expect(problems.isEmpty && plots.count == 2)
        let text = plots[0].script.text
        #expect(text.contains("of 5 cases: 2 with a zero"))
        #expect(text.matches(of: /set arrow from graph .* head filled/).count == 2)
        #expect(checked(plots, "zeros")[1].clauses.flatMap(\.points).count == 5)
    }

    @Test func farSamplesAreArrowHeadsWithACount() throws {
        var record = Synthetic.record("far", samples: 50)
        record.samples?.seconds = (0..<50).map { 1e-3 + 1e-6 * Double($0) }
        record.samples?.seconds[7] = 1
        record.samples?.seconds[8] = 1e-9
        let run = Synthetic.run([record], plots: [PlotRequest(kind: "distribution")])
        let text = try #require(checked(PlotCatalog.plots(of: [run]).plots, "far").first).clauses.count
        #expect(text == 3)
        let script = try #require(PlotCatalog.plots(of: [run]).plots.first).script.text
        #expect(script.contains("Arrow heads: 2 samples of 1 case lie beyond the axis"))
        #expect(script.matches(of: /set arrow from graph .* head filled/).count == 2)
    }

    @Test func figuresThatNoAxisHoldsAreCounted() throws {
        let seconds = [Double.leastNonzeroMagnitude, 1e-3, 1e308]
        let run = Synthetic.run(
            seconds.enumerated().map { Synthetic.record("case \($0)", macs: 1 + $0, seconds: $1) })
        let plots = PlotCatalog.plots(of: [run]).plots
        _ = checked(plots, "extreme")
        #expect(try #require(plots.first).script.text.contains("of 3 cases: 2 too large or too small to be drawn"))
    }

    @Test func aPanelWithoutFiguresIsDrawn() throws {
        let scratch = try Scratch()
        let records = [("a", "native"), ("b", "plain")].map { label, implementation in
            Synthetic.record(label, implementation: implementation, parameters: ["n": "1"])
        }
        let failed = records.map { Synthetic.unmeasured($0, .timeout, "no answer") }
        let run = Synthetic.run(
            failed + [Synthetic.record("c", parameters: ["n": "2"])],
            plots: [
                PlotRequest(kind: "bars", filters: ["/native/"]),
                PlotRequest(kind: "lines", x: "n", filters: ["/plain/"]),
                PlotRequest(kind: "bars", y: "throttled"), PlotRequest(kind: "lines", x: "n", y: "throttled"),
            ])
        let outcome = ReportWriter(folder: scratch.path).write([run])
        #expect(outcome.problems.isEmpty, "\(outcome.problems)")
        #expect(outcome.written.count { $0.hasSuffix(".png") } == 4)
    }
}

extension PlotScript {
    /// All lines.
    var text: String {
        statements.map { statement in
            switch statement {
            case .line(let line): line
            case .block(let name, let rows): "$\(name)\n" + rows.joined(separator: "\n")
            }
        }.joined(separator: "\n")
    }
}

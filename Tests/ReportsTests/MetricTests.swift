import Foundation
import Results
import Statistics
import Testing

@Suite struct MetricTests {
    /// A metric that someone wrote and forgot to list would be silently absent from every report.
    @Test func everyMetricOfTheFolderIsListed() throws {
        let metrics = try Sources.texts(in: Sources.folder("Record/Results/Metrics")).flatMap { text in
            text.matches(of: /static let \w+ = (?:Metric|single|exact|counted|rate)\(\s*"(\w+)"/).map { String($0.1) }
        }
        // Those of a counter stand in its group.
        let counted = try Sources.texts(in: Sources.folder("Record/Results/Counters")).flatMap { text in
            text.matches(of: /[ \[](?:\.summed|\.median|perCall)\(\s*"(\w+)"/).map { String($0.1) }
        }
        let declared = metrics + counted
        #expect(!counted.isEmpty)
        #expect(!declared.isEmpty)
        #expect(declared.sorted() == MetricCatalog.metrics.map(\.name).sorted())
        #expect(Set(declared).count == declared.count)
    }

    @Test func latencySaysOrderStatistics() {
        var record = Synthetic.record("a")
        record.samples?.seconds = [5, 1, 4, 2, 3, 6, 7, 8, 9, 10]
        let figures = Dictionary(
            uniqueKeysWithValues: Metric.latency.figures(record).map { ($0.statistic, $0.value) })
        #expect(figures["min"] == 1 && figures["median"] == 5.5 && figures["count"] == 10)
        #expect(figures["p90"] == 9.1)
        #expect(figures["mad"] == 2.5)
        #expect(figures["ci_low"] == 2 && figures["ci_high"] == 9)
        #expect(Metric.latency.headline(record) == 5.5)
    }

    @Test func noIntervalBelowSixSamples() {
        var record = Synthetic.record("a")
        record.samples?.seconds = [1, 2, 3, 4, 5]
        #expect(Metric.latency.figures(record).map(\.statistic) == ["min", "median", "p90", "p99", "mad", "count"])
        record.samples?.seconds = []
        #expect(Metric.latency.figures(record).isEmpty)
        #expect(Metric.outliers.figures(record).isEmpty)
    }

    @Test func ratesNeedAnAmountAndATime() {
        var record = Synthetic.record("a", macs: 500, bytes: 8000)
        record.samples?.seconds = [2, 1, 4]
        #expect(Metric.throughput.figures(record).map(\.value) == [500, 1000])
        #expect(Metric.bandwidth.figures(record).map(\.value) == [4000, 8000])
        record.costs.macs = 0
        #expect(Metric.throughput.figures(record).isEmpty)
        record.samples?.seconds = [0, 0, 0]
        #expect(Metric.bandwidth.figures(record).isEmpty)
    }

    @Test func intervalsOfRatesAreTurnedRound() throws {
        let figures = Dictionary(
            uniqueKeysWithValues: Metric.throughput.figures(Synthetic.record("a")).map { ($0.statistic, $0.value) })
        let (low, high) = (try #require(figures["ci_low"]), try #require(figures["ci_high"]))
        let (median, most) = (try #require(figures["median"]), try #require(figures["max"]))
        #expect(low <= median && median <= high && high <= most)
    }

    @Test func memoryIsWhatTheCaseAdds() {
        let record = Synthetic.record("a")
        #expect(Metric.ownMemory.headline(record) == Double(4 << 20))
    }

    @Test func countersHaveMetrics() throws {
        var record = Synthetic.record("a")
        func headline(_ name: String) throws -> Double? {
            try #require(MetricCatalog.metric(named: name)).headline(record)
        }
        #expect(try headline("page_faults") == 80)
        // What the machine does not count has no figure.
        #expect(try headline("throttled") == nil)
        #expect(try headline("instructions_per_cycle") == nil)
        let count = try #require(record.samples).seconds.count
        record.samples?[.instructions] = (0..<count).map { 3000 + Double($0) }
        record.samples?[.cycles] = (0..<count).map { 1500 + Double($0) / 2 }
        #expect(try headline("instructions_per_cycle") == 2)
        // Ten calls a sample, forty samples.
        #expect(try headline("instructions") == 301.95)
        record.kind = Record.layerKind
        #expect(try headline("page_faults") == nil)
    }

    @Test func casesWithoutAFigureReportOnlyWhatIsCounted() {
        let failed = Synthetic.unmeasured(Synthetic.record("a"), .timeout, "no answer")
        #expect(Metric.macs.reported(failed).map(\.value) == [1_000_000])
        #expect(Metric.processPeak.reported(failed).isEmpty)
        for metric in MetricCatalog.metrics where !metric.isExact { #expect(metric.reported(failed).isEmpty) }
    }
}

/// The sources of this package, for tests that compare them with a catalog.
enum Sources {
    static func folder(_ path: String, file: String = #filePath) -> String {
        let root = URL(fileURLWithPath: file).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return root.appendingPathComponent("Sources/\(path)").path
    }

    static func names(in folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".swift") }.sorted()
    }

    static func texts(in folder: String) throws -> [String] {
        try names(in: folder).map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }
    }
}

import Foundation
import Reports
import Results
import SwiftCSV
import Testing

@Suite struct ProfileTests {
    /// A network of four layers that took 5, 1, 3 and 1 ms, and as many ms as said without the clock between them.
    static func run(latency: Double = 10e-3, ceilings: Ceilings? = Synthetic.ceilings) -> Run {
        var network = Synthetic.record("net", name: "net", seconds: latency)
        network.kind = "model"
        network.samples?.seconds = Array(repeating: latency, count: 7)
        let layers = [("a", "conv2d 3x3", 5.0), ("b", "pool2d", 1), ("c", "conv2d 1x1", 3), ("d", "conv2d 1x1", 1)]
        let records = layers.enumerated().map { index, layer in
            var record = Synthetic.record(layer.0, macs: 1_000_000 * (index + 1), bytes: 4_000_000)
            record.kind = Record.layerKind
            record.case = "net#\(layer.0)"
            record.parameters = [Record.varietyWord: layer.1, Record.shapeWord: "n=\(index)"]
            record.samples?.seconds = [0.9, 0.95, 1, 1.05, 1, 1, 1.1].map { $0 * layer.2 * 1e-3 }
            return record
        }
        return Synthetic.run([network] + records, ceilings: ceilings)
    }

    @Test func sharesAreOfTheSum() throws {
        let profile = try #require(Profile(Self.run(latency: 10.2e-3)))
        #expect(profile.rows.map { ($0.share * 100).rounded() } == [50, 10, 30, 10])
        #expect(abs(profile.sum - 10e-3) < 1e-12)
        #expect(abs(profile.deviation + 0.2 / 10.2) < 1e-9)
        #expect(profile.sentence.contains("(-2.0 %)"))
    }

    @Test func layersAddUpWhereRoundsAreDisturbed() throws {
        var disturbed = Self.run(latency: 20e-3)
        // In most rounds something takes 10 ms from one layer or another: no layer's median has it.
        for index in 1...4 {
            let steady = disturbed.records[index].samples?.seconds[2] ?? 0
            disturbed.records[index].samples?.seconds = (0..<7).map { steady + ($0 % 4 == index - 1 ? 10e-3 : 0) }
        }
        #expect(abs(try #require(Profile(disturbed)).deviation) < 1e-9)
    }

    @Test func kindsAreSummedAndTheHeaviestFound() throws {
        let profile = try #require(Profile(Self.run()))
        #expect(profile.totals.map(\.variety) == ["conv2d 3x3", "conv2d 1x1", "pool2d"])
        #expect(profile.totals.map(\.layers) == [1, 2, 1])
        #expect(profile.totals.map(\.macs) == [1_000_000, 7_000_000, 2_000_000])
        #expect(profile.heaviest.map(\.record.label) == ["a", "c"])
        #expect(profile.heaviestTable.rows.last?.last == "80.0 %")
        #expect(profile.totalTable.rows.last?.first == "all")
    }

    @Test func theRooflineReadsFromEachCacheWhatItHolds() throws {
        // 4 MB are read at 48 GB/s where no cache is known, in 83 us, which is more than 2 MFLOPs take at 234 GFLOP/s.
        let profile = try #require(Profile(Self.run()))
        #expect(abs(try #require(profile.rows[0].roofline?.value) - 4e6 / 48e9 / 5e-3) < 1e-9)
        var cached = Self.run()
        cached.header.machine.caches = [
            .init(level: 1, kind: "Data", bytes: 48 << 10, sharedBy: 1),
            .init(level: 2, kind: "Unified", bytes: 1 << 20, sharedBy: 1),
            .init(level: 3, kind: "Unified", bytes: 32 << 20, sharedBy: 8),
        ]
        let near = 49_152 / 470e9 + 1_048_576 / 215e9
        let far = (4e6 - 1_097_728) / 60e9
        let share = try #require(Profile(cached)?.rows[0].roofline?.value)
        #expect(abs(share - (near + far) / 5e-3) < 1e-9)
        #expect(try #require(Profile(Self.run(ceilings: nil))).rows[0].roofline == nil)
    }

    @Test func programsReadItAsCSVAndJSON() throws {
        let profile = try #require(Profile(Self.run()))
        let rows = try CSV<Named>(string: profile.csv).rows
        #expect(rows.map { $0["layer"] } == ["a", "b", "c", "d"])
        let seconds = rows.compactMap { $0["latency_seconds_middle_mean"].flatMap(Double.init) }
        #expect(zip(seconds, [5e-3, 1e-3, 3e-3, 1e-3]).allSatisfy { abs($0 - $1) < 1e-12 } && seconds.count == 4)
        #expect(rows[2]["kind"] == "conv2d 1x1" && rows[2]["shape"] == "n=2" && rows[2]["macs"] == "3000000")
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(try profile.json().utf8)) as? [String: Any])
        let cases = try #require(object["cases"] as? [[String: Any]])
        #expect(cases.map { $0["kind"] as? String } == ["model", "layer", "layer", "layer", "layer"])
        let times = cases.map { ($0["metrics"] as? [String: [String: Any]])?["latency"]?[Profile.statistic] as? Double }
        // The reader of the tests rounds the last digit.
        #expect(zip(times, [profile.latency] + profile.rows.map(\.seconds)).allSatisfy { abs(($0 ?? 0) - $1) < 1e-15 })
        #expect(abs((cases[1]["share"] as? Double ?? 0) - profile.rows[0].share) < 1e-12)
        #expect(profile.markdown.contains("| a ") && profile.text.contains("as a whole"))
    }

    /// Table, CSV, picture and trace say the same time of a layer.
    @Test func thereIsOneStatistic() throws {
        var run = Self.run()
        for index in 1...4 { run.records[index].samples?.seconds[index] *= 3 }
        let profile = try #require(Profile(run))
        let seconds = profile.rows.map(\.seconds)
        #expect(seconds != run.records.dropFirst().map { $0.latencies?.median ?? 0 })
        #expect(
            try CSV<Named>(string: profile.csv).rows.map { Double($0["latency_seconds_middle_mean"] ?? "") } == seconds)
        let rows = try CSV<Named>(string: Reports.CSV.text(of: [run])).rows
        let times = rows.filter { $0["metric"] == "latency" && $0["statistic"] == Profile.statistic }
        #expect(times.map { Double($0["value"] ?? "") } == [profile.latency] + seconds)
        #expect(!rows.contains { ["median", "ci_low"].contains($0["statistic"]) && $0["metric"] != "cpu_share" })
        let wide = try CSV<Named>(string: Reports.CSV.wide([run])).rows
        #expect(wide.map { Double($0["latency_seconds_middle_mean"] ?? "") } == [profile.latency] + seconds)
        let trace = try JSONSerialization.jsonObject(with: Data(try Trace(profile).json().utf8)) as? [String: Any]
        let events = try #require(trace?["traceEvents"] as? [[String: Any]])
        #expect(zip(events, seconds).allSatisfy { abs(($0["dur"] as? Double ?? 0) - $1 * 1e6) < 1e-9 })
    }

    /// Of what is read beside the clock a layer has no share of its own, also where a file gives it that of its round.
    @Test func aLayerHasNoCPUShare() throws {
        let rows = try CSV<Named>(string: Reports.CSV.text(of: [Self.run()])).rows
        for metric in ["cpu_share", "involuntary_switches", "page_faults"] {
            #expect(rows.filter { $0["metric"] == metric }.map { $0["kind"] } == ["model"], "\(metric)")
        }
    }

    /// Two of seven rounds in which a layer took forty times its time.
    @Test func aDisturbedLayerIsMarkedAndToldWithItsMedian() throws {
        var run = Self.run()
        for round in [0, 1] { run.records[2].samples?.seconds[round] = 40e-3 }
        for round in [2, 3] { run.records[1].samples?.seconds[round] = 40e-3 }
        let profile = try #require(Profile(run))
        #expect(profile.rows.map(\.isDisturbed) == [true, true, false, false])
        let note = try #require(profile.doubts.first { $0.hasPrefix("! 2 layers ") })
        #expect(note.contains("a 5.000 ms") && note.contains("b 1.050 ms") && profile.text.contains(note))
        #expect(profile.layerTable.rows[0][4].hasSuffix(" ms !") && profile.layerTable.rows[2][4].hasSuffix(" ms  "))
        #expect(try profile.json().contains("! 2 layers"))
        #expect(
            try CSV<Named>(string: profile.csv).rows.map { $0["is_disturbed"] } == ["true", "true", "false", "false"])
        run.header.suite.plots = [PlotRequest(kind: "bars")]
        let picture = try #require(PlotCatalog.plots(of: [run]).plots.first).script.text
        #expect(picture.contains("Disturbed: 2 with a mean more than 20 % from the median"))
        #expect(!(try #require(Profile(Self.run()))).rows.contains(where: \.isDisturbed))
    }

    @Test func layersThatDoNotAddUpAreANoteInEveryForm() throws {
        let profile = try #require(Profile(Self.run(latency: 12e-3)))
        let note = "the layers do not add up to the whole within 3.0 %"
        #expect(profile.text.contains(note) && profile.markdown.contains(note))
        #expect(try profile.json().contains(note))
    }

    @Test func aTraceIsEndToEnd() throws {
        let profile = try #require(Profile(Self.run()))
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(try Trace(profile).json().utf8)) as? [String: Any])
        let events = try #require(object["traceEvents"] as? [[String: Any]])
        #expect(events.map { $0["name"] as? String } == ["a", "b", "c", "d"])
        #expect(events.allSatisfy { $0["ph"] as? String == "X" && $0["pid"] != nil && $0["tid"] != nil })
        let starts = events.compactMap { $0["ts"] as? Double }
        let durations = events.compactMap { $0["dur"] as? Double }
        #expect(zip(zip(starts, durations), starts.dropFirst()).allSatisfy { abs($0.0 + $0.1 - $1) < 1e-6 })
        #expect(abs(durations.reduce(0, +) - 10_000) < 1e-6)
        let facts = try #require(events[1]["args"] as? [String: Any])
        #expect(facts["macs"] as? Int == 2_000_000 && facts["least_traffic_bytes"] as? Int == 4_000_000)
        #expect(abs((facts["throughput_flops_per_second"] as? Double ?? 0) - 4e9) < 1)
    }

    @Test func aRunWithoutLayersIsNoProfile() {
        #expect(Profile(Synthetic.run([Synthetic.record("a")])) == nil)
        #expect(Profile(Synthetic.run([])) == nil)
    }
}

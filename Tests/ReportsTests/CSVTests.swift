import Reports
import Results
import SwiftCSV
import Testing

@Suite struct CSVTests {
    /// SwiftCSV takes a line break inside quotes for the end of a row where rows are read by name, so labels with one are
    /// read by this reader of RFC 4180 instead.
    static func rows(_ text: String) -> [[String]] {
        var (rows, row, field): ([[String]], [String], String) = ([], [], "")
        var isQuoted = false
        var scalars = Array(text.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            switch (scalar, isQuoted) {
            case ("\"", true) where scalars.first == "\"":
                scalars.removeFirst()
                field.unicodeScalars.append("\"")
            case ("\"", _): isQuoted.toggle()
            case (",", false):
                row.append(field)
                field = ""
            case ("\n", false):
                rows.append(row + [field])
                (row, field) = ([], "")
            default: field.unicodeScalars.append(scalar)
            }
        }
        return rows
    }

    @Test func isReadBackAsItWas() throws {
        let labels = ["plain", "a, b", "say \"so\"", "{x}_%@'`", "größe µ"]
        let run = Synthetic.run(labels.map { Synthetic.record($0, parameters: ["m": "1", "k": "2"]) })
        let csv = try NamedCSV(string: CSV.text(of: [run]))
        #expect(csv.header == CSV.columns)
        #expect(Set(csv.rows.compactMap { $0["label"] }) == Set(labels))
        let row = try #require(csv.rows.first { $0["metric"] == "latency" && $0["statistic"] == "median" })
        #expect(row["value"].flatMap(Double.init) == Metric.latency.headline(run.records[0]))
        #expect(row["unit"] == "s" && row["commit"] == "0123456789ab" && row["machine"] == run.machine)
        #expect(row["case"] == "conv2d[k=2,m=1]/openblas/f32/t1" && row["threads"] == "1" && row["suite"] == "quick")
    }

    @Test func lineBreaksStayInsideQuotes() {
        let labels = ["two\nlines", "cr\r\nlf", "a\r", "\"\n,\""]
        let rows = Self.rows(CSV.text(of: [Synthetic.run(labels.map { Synthetic.record($0) })]))
        let column = CSV.columns.firstIndex(of: "label") ?? 0
        #expect(rows.allSatisfy { $0.count == CSV.columns.count })
        #expect(
            Set(rows.dropFirst().map { Array($0[column].unicodeScalars) })
                == Set(labels.map { Array($0.unicodeScalars) }))
    }

    @Test(arguments: [0, 1, -3, 0.1, 1e-9, 1.0 / 3, 123_456_789_012, 6.02e23, 1e300, Double.leastNonzeroMagnitude])
    func numbersRoundTrip(_ value: Double) {
        #expect(Double(CSV.number(value)) == value)
    }

    @Test func wholeNumbersHaveNoPoint() {
        #expect(CSV.number(1_000_000) == "1000000")
        #expect(CSV.number(0.5) == "0.5")
    }

    @Test func casesWithoutAFigureStay() {
        let failed = Synthetic.unmeasured(Synthetic.record("broken"), .crashed, "signal 11")
        let rows = Self.rows(CSV.text(of: [Synthetic.run([failed])])).dropFirst()
        let metrics = Set(rows.map { $0[10] })
        #expect(metrics.contains("macs") && metrics.contains("intensity"))
        #expect(metrics.isDisjoint(with: ["latency", "throughput", "peak_memory", "error", "process_peak"]))
        #expect(rows.allSatisfy { Double($0[12]) != nil })
    }

    @Test func dirtyTreesAreSaid() {
        #expect(CSV.text(of: [Synthetic.run([Synthetic.record("a")], dirty: true)]).contains(",0123456789ab-dirty,"))
    }

    /// What a spreadsheet would run stays text, and numbers stay numbers.
    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"), ("-2+3", "'-2+3"), ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"), ("\r=1", "\"'\r=1\""), ("-", "'-"), ("-inf", "'-inf"), ("-1.5e-3", "-1.5e-3"), ("+4", "+4"),
        ("a=1", "a=1"), ("'=1", "'=1"), ("", ""),
    ])
    func formulasAreDefused(text: String, field: String) { #expect(CSV.line([text]) == field + "\n") }

    @Test func aWideTableHasARowACase() throws {
        let records = [
            Synthetic.record("a", parameters: ["groups": "8", "label": "odd", "size": "28x14"]),
            Synthetic.unmeasured(Synthetic.record("=b", parameters: ["bias": "true"]), .timeout, "no answer"),
        ]
        let run = Synthetic.run(records)
        let csv = try NamedCSV(string: CSV.wide([run]))
        #expect(csv.rows.count == 2)
        let (measured, failed) = (csv.rows[0], csv.rows[1])
        #expect(measured["groups"] == "8" && measured["size"] == "28x14" && measured["bias"] == "")
        #expect(measured["label"] == "a" && measured["parameter_label"] == "odd" && failed["label"] == "'=b")
        for figure in Metric.latency.figures(records[0]) {
            let column = Metric.latency.column(of: figure.statistic)
            #expect(measured[column].flatMap(Double.init) == figure.value, "\(column)")
            #expect(failed[column] == "")
        }
        for column in [
            "latency_seconds_median", "latency_seconds_ci_low", "latency_count", "throughput_flops_per_second_median",
            "bandwidth_bytes_per_second_max", "macs", "weight_bytes", "least_traffic_bytes", "intensity_flops_per_byte",
            "peak_memory_bytes", "prepare_time_seconds", "outliers", "page_faults_sum", "roofline_share_median",
        ] {
            #expect(csv.header.contains(column), "\(column)")
        }
        #expect(failed["status"] == "failed" && failed["failure"] == "timeout" && failed["macs"] != "")
        #expect(failed["reason"] == "no answer" && failed["stop"] == "" && failed["is_precise"] == "")
        #expect(
            measured["stop"] == "count" && measured["is_precise"] == "true" && measured["roofline_limit"] == "compute")
        // The same columns whether there is anything in them or not.
        #expect(try NamedCSV(string: CSV.wide([Synthetic.run([records[1]])])).header.contains("cpu_share_median"))
        #expect(Set(csv.header).count == csv.header.count)
    }

    /// A statistic that a metric has and does not declare would be in no wide table.
    @Test func metricsDeclareTheirStatistics() {
        let run = Synthetic.run([Synthetic.record("a")])
        for metric in RunFigures(run).metrics {
            let found = metric.figures(run.records[0]).map(\.statistic)
            #expect(metric.statistics.filter(found.contains) == found, "\(metric.name)")
        }
    }

    @Test func samplesHaveARowEach() throws {
        var record = Synthetic.record("a")
        record.samples?.seconds = [0.5, 0.25]
        let run = Synthetic.run([record])
        let rows = try NamedCSV(string: CSV.samples([run])).rows
        #expect(rows.map { $0["sample"] } == ["1", "2"] && rows.map { $0["seconds"] } == ["0.5", "0.25"])
        #expect(rows.allSatisfy { $0["case"] == record.case && $0["run"] == run.id })
    }

    @Test func noRunsMakeAHeadOnly() { #expect(CSV.text(of: []) == CSV.columns.joined(separator: ",") + "\n") }
}

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
        let labels = ["two\nlines", "cr\r\nlf", "\r", "\"\n,\""]
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

    @Test func noRunsMakeAHeadOnly() { #expect(CSV.text(of: []) == CSV.columns.joined(separator: ",") + "\n") }
}

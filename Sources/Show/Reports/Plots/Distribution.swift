import Results
import Statistics

/// The samples of each case as a share of their median: each sample a dot, the quartiles a box, the median a line.
package enum Distribution: PlotKind {
    package static let name = "distribution"
    package static let summary = "the samples of each case around their median: dots, quartiles, median"

    /// The most rows of a plot; more cases make more plots.
    private static let mostRows = 48
    /// The most dots per case: of more samples, this many evenly spaced order statistics are drawn.
    private static let mostDots = 200

    package static func suggestions(for data: PlotData) -> [PlotRequest] {
        rows(of: data).isEmpty ? [] : [PlotRequest(kind: name)]
    }

    package static func plots(of data: PlotData, request: PlotRequest) throws(ReportProblem) -> [Plot] {
        let rows = rows(of: data)
        guard !rows.isEmpty else {
            throw ReportProblem("no case has samples to show the distribution of", remedy: "choose another filter")
        }
        let divided = Pages(rows, of: mostRows)
        let pages = divided.pages
        return pages.enumerated().map { index, page in
            plot(
                page, data: data, left: divided.left,
                title: request.title ?? "Samples of each case: their quartiles and distance from the median",
                name: FileName.stem([data.suite, name, pages.count > 1 ? "\(index + 1)" : ""]))
        }
    }

    private struct Row {
        let label: String
        let latency: Quantiles

        /// The deviation from the median in per cent.
        func deviation(_ seconds: Double) -> Double { (seconds / latency.median - 1) * 100 }

        var samples: [Double] { latency.sorted.map(deviation) }

        /// The median, the number of samples, and the number beyond the axis.
        func figures(on axis: Axis) -> String {
            let beyond = samples.count { !axis.holds($0) }
            return "\(Format.seconds(latency.median)), n = \(latency.count)" + (beyond > 0 ? ", \(beyond) beyond" : "")
        }

        var dots: [Double] {
            let count = min(latency.count, mostDots)
            return (0..<count).map { i in
                deviation(latency[count > 1 ? Double(i) / Double(count - 1) : 0.5])
            }
        }
    }

    private static func rows(of data: PlotData) -> [Row] {
        let telling = ["implementation", "element", "threads"].filter { data.values(of: $0).count > 1 } + data.origins
        return data.entries.compactMap { entry in
            guard entry.isMeasured, let latency = entry.record.latencies, latency.median > 0, latency.median.isFinite
            else { return nil }
            let words =
                [entry.record.label.shortened(to: 44)]
                + telling.compactMap { word in entry[word].map { word == "threads" ? "t\($0)" : $0 } }
            return Row(label: words.joined(separator: " · "), latency: latency)
        }
    }

    /// What the picture leaves out, and how it shows that.
    private static func notes(on rows: [Row], data: PlotData, left: Int, axis: Axis) -> [String] {
        let beyond = rows.map { row in row.samples.count { !axis.holds($0) } }
        let zero = data.entries.count { $0.isMeasured && ($0.record.latencies?.median ?? 0) == 0 }
        var notes =
            PlotData.missing(of: data.entries, others: [(zero, "with a median of zero or no samples")])
            + Paging.note(onLeft: left)
        if beyond.contains(where: { $0 > 0 }) {
            let cases = beyond.count { $0 > 0 }
            notes.append(
                "Arrow heads: \(beyond.reduce(0, +)) samples of \(cases) case\(cases == 1 ? "" : "s") lie beyond the axis"
            )
        }
        if rows.contains(where: { $0.latency.count > mostDots }) {
            notes.append("Of more than \(mostDots) samples, \(mostDots) evenly spaced order statistics are drawn")
        }
        return notes
    }

    private static func plot(_ rows: [Row], data: PlotData, left: Int, title: String, name: String) -> Plot {
        // A few distant samples must not squeeze the rest: they are shown as arrow heads and numbers at the edge.
        let reach = rows.map { row in
            let (low, high) = (row.deviation(row.latency[0.25]), row.deviation(row.latency[0.75]))
            let whisker = 2 * (high - low)
            return (
                low: max(low - whisker, row.deviation(row.latency.minimum)),
                high: min(high + whisker, row.deviation(row.latency.maximum))
            )
        }
        let ends = [min(reach.map(\.low).min() ?? 0, -0.5), max(reach.map(\.high).max() ?? 0, 0.5)]
        let axis = Axis.linear("Latency above the median", unit: "%", values: ends, fromZero: false, room: 0.08)
        let longest = rows.map(\.label.columns).max() ?? 0
        var plot = Plot(
            name: name, title: title, subject: data.subject, notes: notes(on: rows, data: data, left: left, axis: axis),
            frame: (460, rows.count * 20 + 8),
            left: 28 + longest * Plot.characterWidth, right: 190)
        plot.set([
            "unset grid", Plot.grid("x"), "set style fill solid 0.45 border linecolor '#404040'",
            "set yrange [\(CSV.number(Double(rows.count) - 0.5)):-0.5]",
        ])
        plot.names(rows.enumerated().map { ($1.label, Double($0)) }, along: "y")
        plot.names(rows.enumerated().map { ($1.figures(on: axis), Double($0)) }, along: "y", far: true)
        plot.set(axis.commands("x"))
        draw(rows, on: axis, in: &plot)
        return plot
    }

    private static func draw(_ rows: [Row], on axis: Axis, in plot: inout Plot) {
        var (dots, boxes): ([[Double?]], [[Double?]]) = ([], [])
        for (index, row) in rows.enumerated() {
            let center = Double(index)
            for (number, deviation) in row.dots.enumerated() where axis.holds(deviation) {
                // Spread across the row by the golden ratio: evenly, and reproducibly.
                let spread = (Double(number) * 0.618_033_988_749_895).truncatingRemainder(dividingBy: 1) - 0.5
                dots.append([deviation, center + 0.6 * spread])
            }
            let quartiles = (row.deviation(row.latency[0.25]), row.deviation(row.latency[0.75]))
            boxes.append([0, center, quartiles.0, quartiles.1, center - 0.36, center + 0.36])
        }
        for (index, row) in rows.enumerated() {
            for (isBeyond, edge) in [
                (row.samples.contains { $0 < axis.low }, 0.0), (row.samples.contains { $0 > axis.high }, 1),
            ]
            where isBeyond {
                plot.arrowHead(atEdge: edge, along: "x", other: Double(index), color: "#303030")
            }
        }
        plot.block("dots", rows: dots)
        plot.block("boxes", rows: boxes)
        plot.draw("$boxes using 1:2:3:4:5:6 with boxxyerror fillcolor '#6fb1dd' notitle")
        plot.draw("$dots using 1:2 with points pointtype 7 pointsize 0.22 linecolor '#303030' notitle")
        plot.draw("$boxes using 1:5:(0):($6-$5) with vectors nohead linewidth 2.4 linecolor '#b3261e' notitle")
    }
}

import Results

/// One metric against another, one point per case: latency against MACs, with lines of equal throughput behind them.
package enum Scatter: PlotKind {
    package static let name = "scatter"
    package static let summary = "one metric against another, a point per case"

    package static func suggestions(for data: PlotData) -> [PlotRequest] {
        let macs = data.entries.filter(\.isMeasured).map(\.record.costs.macs).filter { $0 > 0 }
        return Set(macs).count >= 3 ? [PlotRequest(kind: name)] : []
    }

    package static func plots(of data: PlotData, request: PlotRequest) throws(ReportProblem) -> [Plot] {
        let xMetric = try data.metric(request.x, default: .macs)
        let yMetric = try data.metric(request.y, default: .latency)
        let word = try SeriesWord(request.series, in: data)
        let both = data.entries.filter(\.isMeasured).compactMap { entry -> Point? in
            guard let x = entry.estimate(xMetric), let y = entry.estimate(yMetric) else { return nil }
            return Point(name: word.name(entry), entry: entry, x: x, y: y)
        }
        let points = both.filter { Axis.isDrawable($0.x.value) && Axis.isDrawable($0.y.value) }
        guard !points.isEmpty else {
            throw ReportProblem(
                "no case has both \(xMetric.name) and \(yMetric.name), so there is no scatter",
                remedy: "choose other metrics")
        }
        let groups = Dictionary(grouping: points, by: \.name)
        let cloud = PointCloud(
            across: axis(xMetric, points.map(\.x)), up: axis(yMetric, points.map(\.y)),
            series: PlotData.ordered(points.map(\.name)).map { name in
                let own = groups[name] ?? []
                return PointCloud.Series(
                    name: name, entries: own.map(\.entry), points: own.map { ($0.x.value, $0.y.value) })
            }, styles: data.styles)
        let isDefault = xMetric.name == "macs" && yMetric.name == "latency"
        let zeros = points.count { !cloud.across.holds($0.x.value) || !cloud.up.holds($0.y.value) }
        let without = data.entries.filter {
            $0.isMeasured && ($0.estimate(xMetric) == nil || $0.estimate(yMetric) == nil)
        }
        let notes = PlotData.missing(
            of: data.entries,
            others: PlotData.without(
                "\(xMetric.title.insideSentence) or \(yMetric.title.insideSentence)", without) + [
                    (both.count - points.count, Axis.undrawable),
                    (zeros, "with a zero, which a logarithmic axis cannot hold (arrow heads)"),
                ])
        var plot = cloud.plot(
            name: FileName.stem([data.suite, name] + (isDefault ? [] : [xMetric.name, yMetric.name])),
            title: request.title ?? "\(yMetric.title) against \(xMetric.title.insideSentence)", subject: data.subject,
            notes: notes, right: isDefault ? 100 : 24)
        if isDefault, cloud.across.isLogarithmic, cloud.up.isLogarithmic { drawThroughputs(behind: cloud, in: &plot) }
        cloud.drawPoints(in: &plot)
        return [plot]
    }

    private struct Point {
        let name: String
        let entry: Entry
        let x: Estimate
        let y: Estimate
    }

    /// Logarithmic, unless no value is above zero.
    private static func axis(_ metric: Metric, _ estimates: [Estimate]) -> Axis {
        let (title, values) = (metric.titleOfMedian(of: estimates), estimates.map(\.value))
        return values.contains { $0 > 0 }
            ? .logarithmic(title, unit: metric.axisUnit, values: values, room: (0.06, 0.06))
            : .linear(title, unit: metric.axisUnit, values: values)
    }

    /// Dashed lines of 1, 10, 100 ... GFLOP/s, labelled where they leave the frame.
    private static func drawThroughputs(behind cloud: PointCloud, in plot: inout Plot) {
        let reached = cloud.series.flatMap(\.points).filter { $0.x > 0 && $0.y > 0 }.map { 2 * $0.x / $0.y }
        let decades = (0...18).map { exponent in (0..<exponent).reduce(1.0) { rate, _ in rate * 10 } }
        // One line below the slowest case, one above the fastest.
        let rates = decades.filter { rate in
            reached.contains { $0 < rate * 10 } && reached.contains { $0 > rate / 10 }
        }
        for rate in rates {
            // Latency = 2 MACs / rate: the part of the line inside the rectangle.
            let start = max(cloud.across.low, cloud.up.low * rate / 2)
            let end = min(cloud.across.high, cloud.up.high * rate / 2)
            guard end > start * 1.5 else { continue }
            let data = "rate\(Int(rate.exponent))"
            plot.block(data, rows: [[start, 2 * start / rate], [end, 2 * end / rate]])
            plot.draw("$\(data) using 1:2 with lines linewidth 0.8 dashtype 3 linecolor '#808080' notitle")
            // Outside the frame, no name overlaps a point.
            let leavesAbove = end < cloud.across.high
            plot.label(
                Format.tic(rate, unit: "FLOP/s"), at: "\(CSV.number(end)),\(CSV.number(2 * end / rate))",
                (leavesAbove ? "center offset character 0,0.6" : "left offset character 0.8,0")
                    + " font ',10' textcolor '#606060'")
        }
    }
}

/// The words that distinguish points: by default the kernel and whatever else differs.
struct SeriesWord {
    private let words: [String]

    init(_ asked: String?, in data: PlotData) throws(ReportProblem) {
        if let asked { try data.check(word: asked) }
        let telling = ["name", "implementation", "element", "threads"].filter { data.values(of: $0).count > 1 }
        words = asked.map { [$0] } ?? telling + data.origins
    }

    func name(_ entry: Entry) -> String {
        words.compactMap { word in entry[word].map { word == "threads" ? "\($0) threads" : $0 } }.joined(
            separator: ", ")
    }
}

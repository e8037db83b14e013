import Results

/// One metric against another, a point a case: latency against MACs, with lines of equal throughput behind.
package enum Scatter: PlotKind {
    package static let name = "scatter"
    package static let summary = "one metric against another, a point a case"

    package static func suggestions(for data: PlotData) -> [PlotRequest] {
        let macs = data.entries.filter(\.isMeasured).map(\.record.costs.macs).filter { $0 > 0 }
        return Set(macs).count >= 3 ? [PlotRequest(kind: name)] : []
    }

    package static func plots(of data: PlotData, request: PlotRequest) throws(ReportProblem) -> [Plot] {
        let xMetric = try data.metric(request.x, default: .macs)
        let yMetric = try data.metric(request.y, default: .latency)
        let word = try SeriesWord(request.series, in: data)
        let points = data.entries.compactMap { entry -> (name: String, x: Double, y: Double)? in
            guard let x = entry.estimate(xMetric)?.value, let y = entry.estimate(yMetric)?.value, x > 0, y > 0 else {
                return nil
            }
            return (word.name(entry), x, y)
        }
        guard !points.isEmpty else {
            throw ReportProblem(
                "no case has both \(xMetric.name) and \(yMetric.name), so there is no scatter", remedy: "choose others")
        }
        let cloud = PointCloud(
            across: .logarithmic(
                xMetric.titleOfMedian, unit: xMetric.axisUnit, values: points.map(\.x), room: (0.06, 0.06)),
            up: .logarithmic(
                yMetric.titleOfMedian, unit: yMetric.axisUnit,
                values: points.map(\.y), room: (0.06, 0.06)),
            series: PlotData.ordered(points.map(\.name)).map { name in
                PointCloud.Series(name: name, points: points.filter { $0.name == name }.map { ($0.x, $0.y) })
            })
        let isDefault = xMetric.name == "macs" && yMetric.name == "latency"
        var plot = cloud.plot(
            name: FileName.stem([data.suite, name] + (isDefault ? [] : [xMetric.name, yMetric.name])),
            title: request.title ?? "\(yMetric.title) against \(xMetric.title.insideSentence)", subject: data.subject,
            note: data.missing, right: isDefault ? 100 : 24)
        if isDefault { drawThroughputs(behind: cloud, in: &plot) }
        cloud.drawPoints(in: &plot)
        return [plot]
    }

    /// Dashed lines of 1, 10, 100 ... GFLOP/s, named where they leave the frame.
    private static func drawThroughputs(behind cloud: PointCloud, in plot: inout Plot) {
        let reached = cloud.series.flatMap(\.points).map { 2 * $0.x / $0.y }
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
            // Outside of the frame no name meets a point.
            let leavesAbove = end < cloud.across.high
            plot.label(
                Format.tic(rate, unit: "FLOP/s"), at: "\(CSV.number(end)),\(CSV.number(2 * end / rate))",
                (leavesAbove ? "center offset character 0,0.6" : "left offset character 0.8,0")
                    + " font ',10' textcolor '#606060'")
        }
    }
}

/// The word that tells points apart: where none is asked for, the kernel and whatever else differs.
struct SeriesWord {
    private let words: [String]

    init(_ asked: String?, in data: PlotData) throws(ReportProblem) {
        if let asked { try data.check(word: asked) }
        let telling = ["name", "implementation", "threads", "machine", "commit"]
        words = asked.map { [$0] } ?? telling.filter { data.values(of: $0).count > 1 }
    }

    func name(_ entry: Entry) -> String {
        words.compactMap { word in entry[word].map { word == "threads" ? "\($0) threads" : $0 } }.joined(
            separator: ", ")
    }
}

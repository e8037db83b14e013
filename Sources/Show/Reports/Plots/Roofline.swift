import Results
import Settings

/// Executed operations per second against operations per byte, below the machine's ceilings, one point per case
/// (Williams, Waterman and Patterson, "Roofline", CACM 52(4), 2009).
package enum Roofline: PlotKind {
    package static let name = "roofline"
    package static let summary = "executed operations per second under the measured ceilings, a point per case"

    package static func suggestions(for data: PlotData) -> [PlotRequest] {
        points(of: data.entries).isEmpty || ceilings(of: data) == nil ? [] : [PlotRequest(kind: name)]
    }

    /// One plot per number of threads.
    package static func plots(of data: PlotData, request: PlotRequest) throws(ReportProblem) -> [Plot] {
        guard let ceilings = ceilings(of: data) else {
            throw ReportProblem(
                "the run has no ceilings of its machine, so there is no roofline", remedy: "run the suite again")
        }
        let word = try SeriesWord(request.series, in: data)
        let threads = data.values(of: "threads").compactMap(Int.init)
        var plots: [Plot] = []
        for count in threads {
            let entries = data.entries.filter { $0.record.threads == count }
            guard let roof = Roof(ceilings, threads: count) else { continue }
            let series = PlotData.grouped(entries, by: word.name).map { name, own in
                PointCloud.Series(name: name, entries: own, points: points(of: own))
            }.filter { !$0.points.isEmpty }
            guard !series.isEmpty else { continue }
            let subject = data.subject + (threads.count > 1 ? " · \(count) thread\(count == 1 ? "" : "s")" : "")
            let isProfile = entries.contains { $0.profiled != nil }
            let cloud = roof.cloud(
                of: series, latency: isProfile ? Profile.statisticTitle : "median latency",
                styles: data.styles)
            var plot = cloud.plot(
                name: FileName.stem([data.suite, name, threads.count > 1 ? "t\(count)" : ""]),
                title: request.title ?? "Roofline", subject: subject,
                notes: notes(on: entries, threads: threads.filter { Roof(ceilings, threads: $0) == nil })
                    + doubts(on: entries, ceilings), right: 184)
            roof.draw(behind: cloud, in: &plot)
            cloud.drawPoints(in: &plot)
            plots.append(plot)
        }
        guard !plots.isEmpty else {
            throw ReportProblem(
                "no case has operations, latency and ceilings for its threads, so there is no roofline",
                remedy: "measure the ceilings for those threads")
        }
        return plots
    }

    /// The ceilings of the plotted runs; nil if they are from several machines, which have no common roof.
    private static func ceilings(of data: PlotData) -> Ceilings? {
        guard Set(data.runs.map(\.machine)).count == 1 else { return nil }
        return data.runs.lazy.compactMap(\.ceilings).first { !$0.arithmetic.isEmpty && !$0.bandwidth.isEmpty }
    }

    private static func points(of entries: [Entry]) -> [(x: Double, y: Double)] { entries.compactMap(point) }

    /// Operations per byte and per second; nil if one of the figures is missing or zero.
    private static func point(of entry: Entry) -> (x: Double, y: Double)? {
        guard entry.isMeasured, let latency = entry.estimate(.latency)?.value, latency > 0,
            let traffic = entry.estimate(.leastTraffic)?.value, traffic > 0
        else { return nil }
        let operations = Double(entry.record.costs.executedOperations)
        guard operations > 0, [operations / traffic, operations / latency].allSatisfy(Axis.isDrawable) else {
            return nil
        }
        return (operations / traffic, operations / latency)
    }

    /// The same doubts as in the table.
    private static func doubts(on entries: [Entry], _ ceilings: Ceilings) -> [String] {
        let shares = entries.compactMap { entry in
            entry.isMeasured
                ? entry.estimate(.latency).flatMap { entry.run.roofline(of: entry.record, seconds: $0.value) } : nil
        }
        return RunTable.doubts(on: ceilings, shares: shares).map { $0.prefix(1).uppercased() + $0.dropFirst() }
    }

    /// - Parameter threads: numbers of threads for which the machine has no ceilings.
    private static func notes(on entries: [Entry], threads: [Int]) -> [String] {
        let without = entries.filter { $0.isMeasured && point(of: $0) == nil }
        let idle = without.count(where: \.isIdle)
        let notes = PlotData.missing(
            of: entries,
            others: [(idle, "that only move data")]
                + PlotData.without("a latency or traffic to divide by", without.filter { !$0.isIdle }))
        return notes
            + (threads.isEmpty
                ? []
                : ["No ceilings, and so no picture, for threads: " + threads.map(String.init).joined(separator: ", ")])
    }
}

extension Entry {
    /// Whether the case has no operations.
    fileprivate var isIdle: Bool { record.costs.executedOperations == 0 }
}

/// The ceilings for one number of threads, as lines.
private struct Roof {
    private let arithmetic: [Ceilings.Arithmetic]
    private let bandwidth: [Ceilings.Bandwidth]
    private let peak: Double

    /// Fails if nothing was measured with this many threads.
    init?(_ ceilings: Ceilings, threads: Int) {
        arithmetic = ceilings.arithmetic.filter { $0.threads == threads && $0.flops > 0 && Axis.isDrawable($0.flops) }
            .sorted { $0.flops > $1.flops }
        bandwidth = ceilings.bandwidth.filter {
            $0.threads == threads && $0.bytesPerSecond > 0 && Axis.isDrawable($0.bytesPerSecond)
        }.sorted { $0.bytesPerSecond > $1.bytesPerSecond }
        guard let peak = arithmetic.first?.flops, !bandwidth.isEmpty else { return nil }
        self.peak = peak
    }

    /// Axes that include the points, which may lie above the roof if a ceiling was measured too low, and the ridges of
    /// all levels, so that every limit is visible.
    func cloud(of series: [PointCloud.Series], latency: String, styles: Styles) -> PointCloud {
        let points = series.flatMap(\.points)
        let slowest = bandwidth.last?.bytesPerSecond ?? 1
        let fastest = bandwidth.first?.bytesPerSecond ?? 1
        let x = points.map(\.x) + [peak / fastest, peak / slowest]
        let least = points.map(\.y).min() ?? peak
        // With less height, the lines of the levels would be too steep to distinguish.
        let y = [min(least, peak / 50), max(points.map(\.y).max() ?? peak, peak)]
        return PointCloud(
            across: .logarithmic(
                "Executed operations per byte of least traffic (2 per MAC, 1 for any other on an element)", unit: "",
                values: x,
                room: (0.22, 0.05)),
            up: .logarithmic(
                "Executed operations per second, at the \(latency)", unit: "op/s", values: y, room: (0.06, 0.08)),
            series: series, styles: styles)
    }

    func draw(behind cloud: PointCloud, in plot: inout Plot) {
        var shift = 0.0
        var above = Double.infinity
        for (index, level) in bandwidth.enumerated() {
            let rate = level.bytesPerSecond
            let start = max(cloud.across.low, cloud.up.low / rate)
            let end = min(cloud.across.high, peak / rate)
            guard end > start else { continue }
            plot.block("level\(index + 1)", rows: [[start, start * rate], [end, end * rate]])
            plot.draw("$level\(index + 1) using 1:2 with lines linewidth 1.4 linecolor '#707070' notitle")
            let text = "\(level.level) \(Format.scaled(rate, unit: "B/s", digits: 3))"
            // If lines nearly coincide, their names follow each other, except that the last one goes below.
            let isNear = cloud.pixels(across: above / rate) < 16
            let isBelow = isNear && index == bandwidth.count - 1
            shift = isNear && !isBelow ? shift + cloud.extent(of: text) + 0.03 : 0
            above = rate
            let x = cloud.across.value(at: cloud.across.share(start) + 0.035 + shift)
            guard x < end else { continue }
            plot.label(
                text, at: "\(CSV.number(x)),\(CSV.number(x * rate))",
                "left \(cloud.alongside(above: !isBelow)) font ',10' textcolor '#404040'")
        }
        let fastest = bandwidth.first?.bytesPerSecond ?? 1
        // Names of limits that nearly coincide are placed below each other.
        var free = Double.infinity
        for (index, limit) in arithmetic.enumerated() {
            let start = max(cloud.across.low, limit.flops / fastest)
            guard limit.flops > cloud.up.low, start < cloud.across.high else { continue }
            plot.block("limit\(index + 1)", rows: [[start, limit.flops], [cloud.across.high, limit.flops]])
            plot.draw(
                "$limit\(index + 1) using 1:2 with lines linewidth \(index == 0 ? "2" : "1.2") "
                    + "dashtype \(index == 0 ? "1" : "2") linecolor '#404040' notitle")
            // Outside the frame, no name overlaps a point.
            let rate = Format.scaled(limit.flops, unit: "FLOP/s", digits: 3)
            let place = min(cloud.up.share(limit.flops), free)
            free = place - PointCloud.lineShare
            plot.label(
                "\(rate), \(limit.instructionSet) \(limit.width) bit",
                at: "graph 1, graph \(Format.fixed(place, decimals: 4))",
                "left offset character 0.8,0 font ',10' textcolor '#202020'")
        }
    }
}

import Results

/// The geometry of bars. Places and values are the two axes; only at the end is said which of them is x.
struct BarChart {
    let panel: Grouping.Panel
    let metric: Metric
    let x: String
    let missing: String?
    let title: String
    let subject: String
    private let places: [String]
    private let isStanding: Bool

    /// Places along the axis take this much of their width.
    private static let filled = 0.82
    /// Pixels across a bar.
    private static let thickness = 16
    /// Characters of a label at most.
    private static let longestLabel = 48

    init(panel: Grouping.Panel, metric: Metric, x: String, missing: String?, title: String, subject: String) {
        self.panel = panel
        self.metric = metric
        self.x = x
        self.missing = missing
        self.title = title
        self.subject = subject
        places = PlotData.ordered(panel.series.flatMap(\.points).map(\.x))
        isStanding = (places.map(\.count).max() ?? 0) <= 6 && places.count * panel.series.count <= 48
    }

    /// One bar: its place across, its estimate, or why it has none.
    private struct Bar {
        let center: Double
        let half: Double
        let estimate: Estimate?
        let reason: String
    }

    private func bars(of series: Int) -> [Bar] {
        let width = Self.filled / Double(panel.series.count)
        return panel.series[series].points.compactMap { point in
            places.firstIndex(of: point.x).map { place in
                let center = Double(place) + (Double(series) + 0.5) * width - Self.filled / 2
                let estimate = point.entry.estimate(metric)
                return Bar(
                    center: center, half: width * 0.46, estimate: estimate,
                    reason: point.entry.isMeasured ? "none" : point.entry.record.shortReason)
            }
        }
    }

    func plot(named name: String) -> Plot {
        let all = panel.series.indices.map(bars)
        let values = all.flatMap { $0 }.compactMap(\.estimate).flatMap { [$0.value, $0.low, $0.high] }
        let axis = valueAxis(values)
        var picture = Picture(name: name, title: title, subject: subject, width: size.width, height: size.height)
        picture.set([
            "set style fill border linecolor '#303030'", "unset grid", "set grid \(isStanding ? "y" : "x")tics back",
        ])
        picture.set(placeAxis)
        picture.set(axis.commands(isStanding ? "y" : "x", note: isStanding ? nil : missing))
        if panel.series.count > 1 { picture.set(["set key tmargin center horizontal Left reverse samplen 2"]) }
        for (index, bars) in all.enumerated() { draw(bars, as: index, on: axis, in: &picture) }
        return picture.plot
    }

    private var size: (width: Int, height: Int) {
        let bars = places.count * (panel.series.count * Self.thickness + 8)
        guard isStanding else {
            let label = min(places.map(\.count).max() ?? 0, Self.longestLabel) * Picture.characterWidth
            return (640 + label, 130 + max(bars, 60))
        }
        return (max(560, 140 + places.count * (panel.series.count * 26 + 14)), 420)
    }

    private func valueAxis(_ values: [Double]) -> Axis {
        let statistic = metric.exact ? "" : ", median and its 95 % interval"
        let title = metric.title + (metric.figuresHaveInterval ? statistic : "")
        // Room for the figure that is written behind the longest bar.
        return Axis.wantsLogarithm(values)
            ? .logarithmic(title, unit: metric.unit, values: values, room: (0.35, isStanding ? 0.5 : 0.45))
            : .linear(title, unit: metric.unit, values: values, room: isStanding ? 0.22 : 0.16)
    }

    private var placeAxis: [String] {
        let tics = places.enumerated().map { index, text in
            "\(PlotScript.ticLabel(text.shortened(to: Self.longestLabel))) \(index)"
        }.joined(separator: ", ")
        let last = CSV.number(Double(places.count) - 0.5)
        return isStanding
            ? [
                "set xrange [-0.5:\(last)]", "set xtics (\(tics)) scale 0",
                "set xlabel \(PlotScript.quoted(lines: [x] + (missing.map { [$0] } ?? [])))",
            ]
            // The first on top.
            : ["set yrange [\(last):-0.5]", "set ytics (\(tics)) scale 0"]
    }

    private func draw(_ bars: [Bar], as index: Int, on axis: Axis, in picture: inout Picture) {
        let style = SeriesStyle.number(index)
        let base = axis.isLogarithmic ? axis.low : 0
        let shown = bars.filter { $0.estimate != nil }
        let rows = shown.map { bar -> [Double?] in
            [
                bar.center, bar.center - bar.half, bar.center + bar.half, base, bar.estimate?.value, bar.estimate?.low,
                bar.estimate?.high,
            ]
        }
        let data = "series\(index + 1)"
        if !rows.isEmpty {
            picture.block(data, rows: rows)
            // boxxyerror takes x, y, x low, x high, y low, y high.
            let box = isStanding ? "1:5:2:3:4:5" : "5:1:4:5:2:3"
            let error = isStanding ? "1:5:6:7 with yerrorbars" : "5:1:6:7 with xerrorbars"
            let title = panel.series.count > 1 ? "title \(PlotScript.quoted(panel.series[index].name))" : "notitle"
            picture.draw(
                "$\(data) using \(box) with boxxyerror fillstyle \(style.fill) linecolor '\(style.color)' \(title)")
            picture.draw("$\(data) using \(error) pointtype 0 linewidth 1.2 linecolor '#000000' notitle")
        }
        let turned = isStanding ? "left rotate by 90" : "left"
        for bar in bars {
            let text = bar.estimate.map { Format.value($0.value, unit: metric.unit) } ?? bar.reason
            let at = CSV.number(bar.estimate.map { max($0.high, base) } ?? base)
            let center = CSV.number(bar.center)
            let place = isStanding ? "\(center),\(at)" : "\(at),\(center)"
            let color = bar.estimate == nil ? "#8a1c1c" : "#404040"
            let offset = isStanding ? "0,0.5" : "0.6,0"
            picture.label(text, at: place, "\(turned) offset character \(offset) font ',9' textcolor '\(color)' front")
        }
    }
}

extension Metric {
    /// Whether its headline is the median of samples, with an interval.
    var figuresHaveInterval: Bool { ["latency", "throughput", "bandwidth"].contains(name) }
}

extension Record {
    /// Why there is no figure, in two words.
    var shortReason: String { status.rawValue + (failure.map { ": \($0.kind.rawValue)" } ?? "") }
}

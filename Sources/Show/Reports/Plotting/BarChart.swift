import Results

/// The geometry of bars. Places and values are two axes; only the drawing code decides which of them is x.
struct BarChart {
    /// One bar: its place across in bar widths, and its estimate or the reason why there is none.
    private struct Bar {
        let series: Int
        let center: Double
        let estimate: Estimate?
        let reason: String
    }

    private let panel: Grouping.Panel
    private let styles: [SeriesStyle]
    private let metric: Metric
    private let x: String
    private let places: [(label: String, center: Double)]
    private let bars: [Bar]
    /// The end of the last bar, in bar widths.
    private let extent: Double
    private let isStanding: Bool
    /// The number of cases that are in no picture.
    private let left: Int

    /// The gap between places, in bar widths.
    private static let gap = 0.5
    /// Pixels for the figure at the end of a bar.
    private static let figureWidth = 92
    /// The most columns of a label.
    private static let longestLabel = 48

    /// The bars of a place are side by side in series order; a series without a case there takes no room.
    init(panel: Grouping.Panel, metric: Metric, x: String, styles: Styles, left: Int = 0) {
        self.left = left
        self.panel = panel
        self.styles = styles.series(panel.implementations)
        self.metric = metric
        self.x = x
        var (places, bars, end): ([(String, Double)], [Bar], Double) = ([], [], 0)
        let points = panel.series.map { Dictionary(grouping: $0.points, by: \.x) }
        for label in panel.places {
            let start = end
            for (index, own) in points.enumerated() {
                for point in own[label] ?? [] {
                    bars.append(
                        Bar(
                            series: index, center: end + 0.5, estimate: point.entry.estimate(metric),
                            reason: point.entry.reasonOfNone))
                    end += 1
                }
            }
            places.append((label.shortened(to: Self.longestLabel), (start + end) / 2))
            end += Self.gap
        }
        (self.places, self.bars, extent) = (places, bars, max(end - Self.gap, 1))
        isStanding = (panel.places.map(\.columns).max() ?? 0) <= 7 && bars.count <= 48
    }

    func plot(named name: String, title: String, subject: String) -> Plot {
        let axis = valueAxis
        var plot = Plot(
            name: name, title: title, subject: subject, notes: notes, frame: frame,
            left: isStanding ? axis.width : 28 + longest * Plot.characterWidth, key: panel.series.map(\.name))
        plot.set(["set style fill border linecolor '#303030'", "unset grid", Plot.grid(isStanding ? "y" : "x")])
        plot.set(placeAxis)
        plot.names(places.map { ($0.label, $0.center) }, along: isStanding ? "x" : "y")
        plot.set(axis.commands(isStanding ? "y" : "x"))
        for index in panel.series.indices { drawSeries(index, on: axis, in: &plot) }
        for bar in bars { writeFigure(of: bar, on: axis, in: &plot) }
        return plot
    }

    private var longest: Int { places.map(\.label.columns).max() ?? 0 }
    /// The estimates that an axis can hold.
    private var estimates: [Estimate] { bars.compactMap(\.estimate).filter(\.isDrawable) }

    private var notes: [String] {
        let without = panel.entries.filter { $0.isMeasured && $0.estimate(metric) == nil }
        let undrawable = bars.count { $0.estimate?.isDrawable == false }
        return PlotData.missing(
            of: panel.entries,
            others: PlotData.without(metric.title.insideSentence, without) + [(undrawable, Axis.undrawable)])
            + Paging.note(onLeft: left) + estimates.captions + disturbed
    }

    private var disturbed: [String] {
        let count = panel.entries.count(where: \.isDisturbed)
        return count > 0 ? ["Disturbed: \(count) with a mean more than 20 % from the median"] : []
    }

    private var frame: (width: Int, height: Int) {
        guard isStanding else { return (520, Int(extent * 17) + 14) }
        // Wide enough for the labels below, too.
        let label = Double(places.count * (longest * Plot.characterWidth + 10))
        return (max(520, Int(max(extent * 26, label))), 340)
    }

    private var valueAxis: Axis {
        let values = estimates.flatMap(\.ends)
        let title = metric.title(of: estimates)
        // Leave room for the figure at the end of the longest bar.
        let room = Double(Self.figureWidth) / Double(isStanding ? frame.height : frame.width)
        return Axis.wantsLogarithm(values)
            ? .logarithmic(title + ", log scale", unit: metric.axisUnit, values: values, room: (0, room), isBase: true)
            : .linear(title, unit: metric.axisUnit, values: values, room: room)
    }

    private var placeAxis: [String] {
        let (first, last) = (CSV.number(-Self.gap / 2), CSV.number(extent + Self.gap / 2))
        return isStanding
            ? ["set xrange [\(first):\(last)]", "set xlabel \(PlotScript.quoted(x == "label" ? "" : x)) offset 0,-1.5"]
            // The first place is on top.
            : ["set yrange [\(last):\(first)]"]
    }

    private func base(of axis: Axis) -> Double { axis.isLogarithmic ? axis.low : 0 }

    private func drawSeries(_ index: Int, on axis: Axis, in plot: inout Plot) {
        let base = base(of: axis)
        func rows(where isMeant: (Estimate) -> Bool) -> [[Double?]] {
            bars.filter { $0.series == index }.compactMap { bar in
                guard let estimate = bar.estimate, estimate.isDrawable, isMeant(estimate) else { return nil }
                return [
                    bar.center, bar.center - 0.4375, bar.center + 0.4375, base, estimate.value, estimate.low,
                    estimate.high,
                ]
            }
        }
        let all = rows { _ in true }
        guard !all.isEmpty else { return }
        let style = styles[index]
        let data = "series\(index + 1)"
        plot.block(data, rows: all)
        // boxxyerror takes x, y, x low, x high, y low, y high.
        let box = isStanding ? "1:5:2:3:4:5" : "5:1:4:5:2:3"
        let title = Plot.titled(panel.series[index].name, of: panel.series.count)
        plot.draw("$\(data) using \(box) with boxxyerror fillstyle \(style.fill) linecolor '\(style.color)' \(title)")
        // Vectors with flat heads, since gnuplot's own error bars clear a disc around each point.
        let error = isStanding ? "1:6:(0):($7-$6)" : "6:1:($7-$6):(0)"
        for (name, rows, heads) in [
            ("intervals", rows { $0.spread == .interval }, "heads size character 0.35,90"),
            ("ranges", rows { $0.spread == .range || $0.spread == .quartiles }, "nohead"),
        ] where !rows.isEmpty {
            plot.block("\(name)\(index + 1)", rows: rows)
            plot.draw(
                "$\(name)\(index + 1) using \(error) with vectors \(heads) linewidth 1.2 dashtype 1 linecolor '#000000' notitle"
            )
        }
    }

    /// Writes the value at the end of the bar, or why there is no bar.
    private func writeFigure(of bar: Bar, on axis: Axis, in plot: inout Plot) {
        let text = bar.estimate.map { Format.figure($0.value, of: metric) } ?? bar.reason
        let drawn = bar.estimate.flatMap { $0.isDrawable ? $0 : nil }
        let end = CSV.number(drawn.map { max($0.high, base(of: axis)) } ?? base(of: axis))
        let center = CSV.number(bar.center)
        let place = isStanding ? "\(center),\(end)" : "\(end),\(center)"
        let turn = isStanding ? "left rotate by 90 offset character 0,0.5" : "left offset character 0.6,0"
        let color = drawn == nil ? "#8a1c1c" : "#404040"
        plot.label(text, at: place, "\(turn) font ',10' textcolor '\(color)' front")
    }
}

extension Entry {
    /// Why there is no figure, in a few words that replace the bar.
    fileprivate var reasonOfNone: String {
        guard isMeasured else { return record.status.rawValue + (record.failure.map { ": \($0.kind.rawValue)" } ?? "") }
        return isTimeless ? "time of zero" : "none"
    }
}

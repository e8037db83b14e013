import Comparison
import Results
import Settings

/// Pictures of a history: small panels below each other, one per case, with commits from left to right.
package enum HistoryPlots {
    private static let mostPanels = 8
    private static let panelHeight = 92
    /// The gap between two panels, which holds the name of the lower one.
    private static let gap = 34
    /// The space above the first panel.
    private static let top = 14
    private static let stepColor = "#b3261e"
    private static let levelColor = "#e8895f"

    /// Empty for a single commit.
    package static func plots(of history: History) -> [Plot] {
        guard history.commits.count > 1 else { return [] }
        let divided = Pages(history.series, of: mostPanels)
        let pages = divided.pages
        return pages.enumerated().map { index, page in
            plot(
                page, of: history, left: divided.left,
                name: FileName.stem([history.suite, "history", pages.count > 1 ? "\(index + 1)" : ""]))
        }
    }

    private static func plot(_ page: [Series], of history: History, left: Int, name: String) -> Plot {
        let commits = Commits(history.commits.map(\.name))
        let axes = page.map(axis)
        let title = history.title.isEmpty ? history.suite : history.title
        var plot = Plot(
            name: name, title: "Latency over commits, median and its 95 % interval",
            subject: "\(title) · \(history.processor) · \(history.commits.count) commits",
            notes: notes(history, page) + Paging.note(onLeft: left),
            frame: (commits.width, top + page.count * (panelHeight + gap) - gap), left: axes.map(\.width).max() ?? 0,
            foot: commits.foot)
        for (index, (series, axis)) in zip(page, axes).enumerated() {
            var panel = Panel()
            panel.set(axis.commands("y"))
            panel.label(
                [
                    series.label.shortened(to: 60), series.setting.contestant,
                    series.setting.threads == 1 ? "" : "t\(series.setting.threads)",
                ]
                .filter { !$0.isEmpty }.joined(separator: " · "),
                at: "graph 0, graph 1", "left offset character 0,0.7 font ',11'")
            commits.set(on: &panel, named: index == page.count - 1)
            draw(series, number: index + 1, commits: commits, on: &panel)
            plot.add(panel, top: top + index * (panelHeight + gap), height: panelHeight)
        }
        return plot
    }

    /// Shows at least two per cent around the medians, so that mere noise does not fill the panel.
    private static func axis(_ series: Series) -> Axis {
        let points = series.points.filter(\.isDrawable)
        let values = points.flatMap { [$0.ends.low, $0.median, $0.ends.high] }
        let medians = points.map(\.median)
        let (least, most) = (medians.min() ?? 0, medians.max() ?? 0)
        return Axis.wantsLogarithm(values)
            ? Axis.logarithmic("Latency", unit: "s", values: values, room: (0.06, 0.2))
            : Axis.linear(
                "Latency", unit: "s", values: values + [0.98 * least, 1.02 * most], fromZero: false, room: 0.2, parts: 4
            )
    }

    private static func draw(_ series: Series, number: Int, commits: Commits, on panel: inout Panel) {
        if !series.steps.isEmpty, series.levels.allSatisfy({ Axis.isDrawable($0.seconds) }) {
            drawSteps(series, number: number, commits: commits, on: &panel)
        }
        let points = series.points.filter(\.isDrawable)
        guard !points.isEmpty else { return }
        panel.block("points\(number)", rows: points.map { [Double($0.commit), $0.median, $0.ends.low, $0.ends.high] })
        // gnuplot's error bars clear a space around their points, in which a narrow interval would vanish.
        for (name, hasInterval, look) in [
            ("intervals", true, "linewidth 3 linecolor '#8fc1e6'"),
            ("ranges", false, "linewidth 1 linecolor '#22406e'"),
        ] {
            let rows = points.filter { ($0.low != nil) == hasInterval }
            guard !rows.isEmpty else { continue }
            panel.block("\(name)\(number)", rows: rows.map { [Double($0.commit), $0.ends.low, $0.ends.high] })
            panel.draw(
                "$\(name)\(number) using 1:2:(0):($3-$2) with vectors nohead dashtype 1 \(look) notitle")
        }
        panel.draw("$points\(number) using 1:2 with points pointtype 7 pointsize 0.45 linecolor '#22406e' notitle")
    }

    /// One line per level, and between two levels a mark with the ratio.
    private static func drawSteps(_ series: Series, number: Int, commits: Commits, on panel: inout Panel) {
        panel.block(
            "levels\(number)",
            rows: series.levels.map { [Double($0.first) - 0.4, $0.seconds, Double($0.last - $0.first) + 0.8, 0] })
        panel.draw(
            "$levels\(number) using 1:2:3:4 with vectors nohead linewidth 1.8 dashtype 1 linecolor '\(levelColor)' notitle"
        )
        var free = -Double.infinity
        for step in series.steps {
            let place = Double(step.from + step.to) / 2
            let x = CSV.number(place)
            panel.set([
                "set arrow from first \(x), graph 0 to first \(x), graph 1 nohead back linecolor '\(stepColor)' "
                    + "linewidth 0.8 dashtype 3"
            ])
            let text = Format.times(step.ratio)
            let (left, right) = commits.span(of: text, at: place)
            // Steps that follow closely are drawn without text, which would overlap.
            guard left >= free else { continue }
            free = right
            panel.label(
                text, at: "first \(CSV.number(left)), graph 0.9",
                "left offset character 0.5,0 font ',10' textcolor '\(stepColor)'")
        }
    }

    private static func notes(_ history: History, _ page: [Series]) -> [String] {
        let points = page.flatMap(\.points)
        let undrawable = points.count { !$0.isDrawable }
        return history.sharedStepSentences
            + (points.contains { $0.low == nil && $0.least < $0.most }
                ? [
                    "Thin lines: the range of fewer than \(SamplingOptions.leastForInterval) samples, which have no interval"
                ] : [])
            + (undrawable > 0 ? ["Not shown: \(undrawable) of \(points.count) figures, \(Axis.undrawable)"] : [])
    }

    /// The common axis of all panels.
    private struct Commits {
        let names: [String]
        /// In pixels.
        let width: Int

        init(_ names: [String]) {
            self.names = names
            width = min(max(560, names.count * 16), 1200)
        }

        /// Names are vertical; only every n-th is shown, so that they fit.
        private var every: Int { max(1, (names.count * 15 + width - 1) / width) }
        var foot: Int { 30 + (names.map(\.columns).max() ?? 0) * 6 }

        func set(on panel: inout Panel, named: Bool) {
            let tics = names.indices.map { $0.isMultiple(of: every) ? "'' \($0)" : "'' \($0) 1" }
            panel.set([
                "set xrange [-0.6:\(CSV.number(Double(names.count) - 0.4))]",
                "set xtics (\(tics.joined(separator: ", ")))",
            ])
            guard named else { return }
            for index in names.indices where index.isMultiple(of: every) {
                panel.label(
                    names[index], at: "first \(index), graph 0", "right rotate by 90 offset character 0,-0.8 font ',10'"
                )
            }
        }

        /// The extent of a text of ten points, in commits: right of a place, or left of it if it would leave the frame.
        func span(of text: String, at place: Double) -> (left: Double, right: Double) {
            let length = Double((text.columns + 1) * Plot.characterWidth) / Double(width) * (Double(names.count) + 0.2)
            let fits = place + length <= Double(names.count) - 0.4
            return fits ? (place, place + length) : (place - length, place)
        }
    }
}

extension Series.Point {
    /// The interval of the median, or the range of samples if there are too few.
    fileprivate var ends: (low: Double, high: Double) { (low ?? least, high ?? most) }

    fileprivate var isDrawable: Bool { [ends.low, median, ends.high].allSatisfy(Axis.isDrawable) }
}

import Comparison
import Foundation
import Results

/// A plot of a comparison's ratios with their intervals, one row per case, and the margin as a band.
enum RatioPlot {
    /// The most rows of a plot; more cases make more plots.
    private static let mostRows = 48
    /// An end beyond this ratio, or its inverse, is drawn as if there were none.
    private static let furthest = 1e3

    static func plots(of judgement: Judgement, title: String) -> [Plot] {
        judgement.suites.flatMap { suite -> [Plot] in
            let cases = judgement.cases.filter { $0.item.suite == suite && $0.time != nil }
            let rows = cases.compactMap(Row.init)
            let divided = Pages(rows, of: mostRows)
            let pages = divided.pages
            return pages.enumerated().map { number, page in
                plot(
                    page, left: divided.left, margin: judgement.header.options.margin, title: title,
                    subject: "\(suite) · \(judgement.header.machine.processor)"
                        + (judgement.isPaired ? "" : " · not paired: each side was measured separately"),
                    name: FileName.stem(["compare", suite, pages.count > 1 ? "\(number + 1)" : ""]))
            }
        }
    }

    private struct Row {
        let label: String
        let ratio: Double
        let verdict: Verdict
        let low: Double
        let high: Double
        /// Whether the ends are those of an interval, rather than of a range of too few values.
        let isInterval: Bool

        init?(_ item: CaseJudgement) {
            guard let time = item.time else { return nil }
            label = "\(item.item.label.shortened(to: 44)) · \(item.item.implementation)"
            ratio = time.ratio
            verdict = time.verdict
            let ends = time.interval ?? item.range ?? time.ratio...time.ratio
            (low, high) = (ends.lowerBound, ends.upperBound)
            isInterval = time.interval != nil
        }

        var isOpenBelow: Bool { low < min(1 / furthest, ratio) }
        var isOpenAbove: Bool { high > max(furthest, ratio) }
        var isDrawable: Bool { ratio > 0 && Axis.isDrawable(ratio) }
        /// The values that the axis must cover.
        var ends: [Double] { [ratio] + (isOpenBelow ? [] : [low]) + (isOpenAbove ? [] : [high]) }
    }

    private static func look(of verdict: Verdict) -> (color: String, point: Int) {
        switch verdict {
        case .slower: ("#b3261e", 9)
        case .faster: ("#1f8a70", 11)
        case .moved: ("#b07d1a", 13)
        case .same: ("#22406e", 7)
        case .inconclusive: ("#8c8c8c", 6)
        }
    }

    private static func plot(_ rows: [Row], left: Int, margin: Double, title: String, subject: String, name: String)
        -> Plot
    {
        let drawn = rows.filter(\.isDrawable)
        let axis = Axis.ratio(
            "Time of the head over the base, log scale",
            values: drawn.flatMap(\.ends) + [1 / (1 + margin), 1 + margin])
        let verdicts = Verdict.allCases.filter { verdict in drawn.contains { $0.verdict == verdict } }
        var plot = Plot(
            name: name, title: title, subject: subject + (verdicts.count == 1 ? " · all \(verdicts[0].rawValue)" : ""),
            notes: notes(on: rows) + Paging.note(onLeft: left), frame: (520, rows.count * 20 + 8),
            left: 28 + (rows.map(\.label.columns).max() ?? 0) * Plot.characterWidth, right: 110,
            key: verdicts.map(\.rawValue))
        plot.set([
            "unset grid", Plot.grid("x"),
            "set yrange [\(CSV.number(Double(rows.count) - 0.5)):-0.5]",
            "set object 1 rectangle from \(CSV.number(1 / (1 + margin))), graph 0 to \(CSV.number(1 + margin)), graph 1 "
                + "fillcolor '#e8eef7' fillstyle solid noborder behind",
            "set arrow 1 from 1, graph 0 to 1, graph 1 nohead linecolor '#404040' linewidth 1",
        ])
        plot.names(rows.enumerated().map { ($1.label, Double($0)) }, along: "y")
        plot.names(
            rows.enumerated().map { ("× " + ComparisonReport.ratio($1.ratio), Double($0)) }, along: "y", far: true)
        plot.set(axis.commands("x"))
        for (number, verdict) in verdicts.enumerated() {
            let own = rows.enumerated().filter { $1.verdict == verdict && $1.isDrawable }
            draw(own.map { (place: Double($0), row: $1) }, verdict: verdict, number: number, on: axis, in: &plot)
        }
        return plot
    }

    /// Draws the ratio as a point, its interval with caps at the ends, and an arrow head at an end beyond the range.
    private static func draw(
        _ rows: [(place: Double, row: Row)], verdict: Verdict, number: Int, on axis: Axis, in plot: inout Plot
    ) {
        let look = look(of: verdict)
        for (name, isInterval, style) in [("interval", true, "linewidth 1.6"), ("range", false, "linewidth 0.8")] {
            let own = rows.filter { $0.row.isInterval == isInterval && $0.row.low < $0.row.high }
            for (side, end) in [("low", \Row.low), ("high", \Row.high)] {
                let isLow = side == "low"
                let (open, closed) = (
                    own.filter { isLow ? $0.row.isOpenBelow : $0.row.isOpenAbove },
                    own.filter { !(isLow ? $0.row.isOpenBelow : $0.row.isOpenAbove) }
                )
                let edge = CSV.number(isLow ? axis.low : axis.high)
                for (kind, half, reach, head) in [
                    ("", closed, "($3-$1)", isInterval ? "head size character 0.35,90" : "nohead"),
                    ("open", open, "(\(edge)-$1)", "head filled size character 0.8,22"),
                ] where !half.isEmpty {
                    let block = "\(name)_\(side)_\(kind)\(number)"
                    plot.block(block, rows: half.map { [$0.row.ratio, $0.place, $0.row[keyPath: end]] })
                    plot.draw(
                        "$\(block) using 1:2:\(reach):(0) with vectors \(head) \(style) dashtype 1 "
                            + "linecolor '\(look.color)' notitle")
                }
            }
        }
        plot.block("verdict\(number)", rows: rows.map { [$0.row.ratio, $0.place] })
        plot.draw(
            "$verdict\(number) using 1:2 with points pointtype \(look.point) pointsize 0.9 "
                + "linecolor '\(look.color)' title \(PlotScript.quoted(verdict.rawValue))")
    }

    private static func notes(on rows: [Row]) -> [String] {
        let open = rows.count { $0.isDrawable && ($0.isOpenBelow || $0.isOpenAbove) }
        let ranges = rows.count { !$0.isInterval }
        let undrawable = rows.count { !$0.isDrawable }
        return [
            open > 0 ? "Arrow heads: \(open) of \(rows.count) intervals reach beyond a factor of 1000" : nil,
            ranges > 0
                ? "Lines without caps: the range of too few values for an interval, \(ranges) of \(rows.count) cases"
                : nil,
            undrawable > 0 ? "Not shown: \(undrawable) of \(rows.count) ratios, \(Axis.undrawable)" : nil,
        ].compactMap { $0 }
    }
}

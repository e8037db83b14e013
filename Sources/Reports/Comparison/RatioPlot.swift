import Comparison
import Foundation
import Results

/// The ratios of a comparison with their intervals, a row a case, and the margin as a band.
enum RatioPlot {
    /// Rows of a plot; more cases make more plots.
    private static let mostRows = 48

    static func plots(of judgement: Judgement, title: String) -> [Plot] {
        judgement.suites.flatMap { suite -> [Plot] in
            let cases = judgement.cases.filter { $0.item.suite == suite && $0.time != nil }
            let pages = stride(from: 0, to: cases.count, by: mostRows).map {
                Array(cases[$0..<min($0 + mostRows, cases.count)])
            }
            return pages.enumerated().map { number, page in
                plot(
                    page, margin: judgement.header.options.margin, title: title,
                    subject: "\(suite) · \(judgement.header.machine.processor)",
                    name: FileName.stem(["compare", suite, pages.count > 1 ? "\(number + 1)" : ""]))
            }
        }
    }

    private static let series: [(verdict: Verdict, color: String, point: Int)] = [
        (.slower, "#b3261e", 9), (.faster, "#1f8a70", 11), (.same, "#22406e", 7), (.inconclusive, "#8c8c8c", 6),
    ]

    private static func plot(
        _ cases: [CaseJudgement], margin: Double, title: String, subject: String, name: String
    ) -> Plot {
        let labels = cases.map { "\($0.item.label.shortened(to: 44)) · \($0.item.implementation)" }
        let estimates = cases.compactMap(\.time)
        // A wide interval shall not squeeze the rest: it runs out of the frame.
        let ratios = estimates.map(\.ratio)
        let reach = max(ratios.map { abs(log($0)) }.max() ?? 0, log1p(margin)) * 1.6 + 0.005
        let values =
            estimates.flatMap { estimate in
                [estimate.ratio] + (estimate.interval.map { [$0.lowerBound, $0.upperBound] } ?? [])
            }.map { min(max($0, exp(-reach)), exp(reach)) } + [1 / (1 + margin), 1 + margin]
        let change = values.map { ($0 - 1) * 100 }
        let axis = Axis.linear("Time of the head against the base", unit: "%", values: change, fromZero: false)
        let shown = series.filter { entry in estimates.contains { $0.verdict == entry.verdict } }
        var plot = Plot(
            name: name, title: title, subject: subject, note: nil, frame: (520, cases.count * 20 + 8),
            left: 28 + (labels.map(\.count).max() ?? 0) * Plot.characterWidth, right: 110,
            key: shown.map(\.verdict.rawValue))
        let band = [CSV.number((1 / (1 + margin) - 1) * 100), CSV.number(margin * 100)]
        plot.set([
            "unset grid", Plot.grid("x"),
            "set yrange [\(CSV.number(Double(cases.count) - 0.5)):-0.5]",
            "set object 1 rectangle from \(band[0]), graph 0 to \(band[1]), graph 1 "
                + "fillcolor '#e8eef7' fillstyle solid noborder behind",
            "set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor '#404040' linewidth 1",
        ])
        plot.names(labels.enumerated().map { ($1, Double($0)) }, along: "y")
        plot.names(
            estimates.enumerated().map { ("× " + ComparisonReport.ratio($1.ratio), Double($0)) }, along: "y", far: true)
        plot.set(axis.commands("x"))
        for (number, entry) in shown.enumerated() {
            let rows = estimates.enumerated().compactMap { index, estimate -> [Double?]? in
                guard estimate.verdict == entry.verdict else { return nil }
                let interval = estimate.interval ?? estimate.ratio...estimate.ratio
                func place(_ ratio: Double) -> Double { min(max((ratio - 1) * 100, axis.low), axis.high) }
                return [place(estimate.ratio), Double(index), place(interval.lowerBound), place(interval.upperBound)]
            }
            plot.block("verdict\(number)", rows: rows)
            plot.draw(
                "$verdict\(number) using 3:2:($4-$3):(0) with vectors heads size character 0.35,90 linewidth 1.6 "
                    + "linecolor '\(entry.color)' notitle")
            plot.draw(
                "$verdict\(number) using 1:2 with points pointtype \(entry.point) pointsize 0.9 "
                    + "linecolor '\(entry.color)' title \(PlotScript.quoted(entry.verdict.rawValue))")
        }
        return plot
    }
}

import Results

/// A metric over the numbers of a sweep, one line per series, with the interval of each median.
package enum Lines: PlotKind {
    package static let name = "lines"
    package static let summary = "a metric over a swept number, one line per series"

    /// One plot per swept number.
    package static func suggestions(for data: PlotData) -> [PlotRequest] {
        Sweep.found(in: data).map { PlotRequest(kind: name, x: $0) }
    }

    package static func plots(of data: PlotData, request: PlotRequest) throws(ReportProblem) -> [Plot] {
        guard let x = request.x ?? Sweep.found(in: data).first else {
            throw ReportProblem(
                "no parameter of this suite is swept, so lines have no x axis", remedy: "name the parameter with 'x'")
        }
        let series = request.series ?? "implementation"
        try data.check(word: x)
        try data.check(word: series)
        let metric = try data.metric(request.y, default: .latency)
        guard data.values(of: x).allSatisfy({ Double($0)?.isFinite == true }) else {
            throw ReportProblem("'\(x)' is not a number in every case", remedy: "plot it as 'bars'")
        }
        let all = Grouping(data, x: x, series: series).panels
        let (panels, left) = (all.prefix(Paging.most), all.dropFirst(Paging.most).flatMap(\.entries).count)
        return panels.enumerated().map { index, panel in
            plot(
                panel, x: x, metric: metric, data: data, left: left,
                title: request.title ?? "\(metric.title) over \(x)",
                name: data.fileName(name, x, metric, part: panels.count > 1 ? index + 1 : nil))
        }
    }

    private static func plot(
        _ panel: Grouping.Panel, x: String, metric: Metric, data: PlotData, left: Int, title: String, name: String
    ) -> Plot {
        let lines = panel.series.map { series in
            series.points.compactMap { point in
                Double(point.x).map { (x: $0, y: point.entry.estimate(metric)) }
            }.sorted { $0.x < $1.x }
        }
        let all = lines.flatMap { $0 }
        let estimates = all.compactMap(\.y).filter(\.isDrawable)
        let values = estimates.flatMap(\.ends)
        let title = (of: metric.title(of: estimates), plot: title)
        let across = Axis.sweep(x, values: all.map(\.x))
        let up =
            Axis.wantsLogarithm(values)
            ? Axis.logarithmic(title.of, unit: metric.axisUnit, values: values)
            : Axis.linear(title.of, unit: metric.axisUnit, values: values)
        let notes = PlotData.missing(
            of: panel.entries,
            others: PlotData.without(
                metric.title.insideSentence, panel.entries.filter { $0.isMeasured && $0.estimate(metric) == nil })
                + [(all.count { $0.y?.isDrawable == false }, Axis.undrawable)])
        var plot = Plot(
            name: name, title: title.plot, subject: data.subject(of: panel),
            notes: notes + Paging.note(onLeft: left) + estimates.captions, frame: (600, 360), left: up.width,
            key: panel.series.map(\.name))
        plot.set(across.commands("x") + up.commands("y"))
        let styles = data.styles.series(panel.implementations)
        for (index, line) in lines.enumerated() where line.contains(where: { $0.y?.isDrawable == true }) {
            let style = styles[index]
            let title = Plot.titled(panel.series[index].name, of: panel.series.count)
            let data = "series\(index + 1)"
            let drawn = line.map { (x: $0.x, y: $0.y.flatMap { $0.isDrawable ? $0 : nil }) }
            // A case without a figure makes a gap in its line.
            plot.block(data, rows: drawn.map { [$0.x, $0.y?.value, $0.y?.low, $0.y?.high] })
            // Drawn apart from the line: dashed intervals would look like ticks.
            for (name, spreads, heads) in [
                ("intervals", [Estimate.Spread.interval], "heads size character 0.35,90"),
                ("ranges", [.range, .quartiles], "nohead"),
            ] {
                let rows = drawn.filter { point in point.y.map { spreads.contains($0.spread) } ?? false }
                guard !rows.isEmpty else { continue }
                plot.block("\(name)\(index + 1)", rows: rows.map { [$0.x, $0.y?.value, $0.y?.low, $0.y?.high] })
                plot.draw(
                    "$\(name)\(index + 1) using 1:3:(0):($4-$3) with vectors \(heads) linewidth 1.4 dashtype 1 "
                        + "linecolor '\(style.color)' notitle")
            }
            plot.draw(
                "$\(data) using 1:2 with linespoints linewidth 1.8 linecolor '\(style.color)' dashtype \(style.dashType)"
                    + " pointtype \(style.pointType) pointsize 0.8 \(title)")
        }
        return plot
    }
}

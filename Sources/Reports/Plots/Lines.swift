import Results

/// A metric over the numbers of a sweep, a line a series, with the interval of each median.
package enum Lines: PlotKind {
    package static let name = "lines"
    package static let summary = "a metric over a swept number, a line a series"

    /// A plot for each number that is swept.
    package static func suggestions(for data: PlotData) -> [PlotRequest] {
        Sweep.found(in: data).map { PlotRequest(kind: name, x: $0) }
    }

    package static func plots(of data: PlotData, request: PlotRequest) throws(ReportProblem) -> [Plot] {
        guard let x = request.x ?? Sweep.found(in: data).first else {
            throw ReportProblem("no parameter of this suite is swept, so lines have no x axis", remedy: "say which 'x'")
        }
        let series = request.series ?? "implementation"
        try data.check(word: x)
        try data.check(word: series)
        let metric = try data.metric(request.y, default: .latency)
        guard data.values(of: x).allSatisfy({ Double($0)?.isFinite == true }) else {
            throw ReportProblem("'\(x)' is not a number in every case", remedy: "plot it as 'bars'")
        }
        let panels = Grouping(data, x: x, series: series).panels
        return panels.enumerated().map { index, panel in
            plot(
                panel, x: x, metric: metric, data: data, title: request.title ?? "\(metric.title) over \(x)",
                name: data.fileName(name, x, metric, part: panels.count > 1 ? index + 1 : nil))
        }
    }

    private static func plot(
        _ panel: Grouping.Panel, x: String, metric: Metric, data: PlotData, title: String, name: String
    ) -> Plot {
        let lines = panel.series.map { series in
            series.points.compactMap { point in Double(point.x).map { (x: $0, y: point.entry.estimate(metric)) } }
                .sorted { $0.x < $1.x }
        }
        let values = lines.flatMap { $0 }.compactMap(\.y).flatMap { [$0.low, $0.value, $0.high] }
        let across = Axis.sweep(x, values: lines.flatMap { $0 }.map(\.x))
        let up =
            Axis.wantsLogarithm(values)
            ? Axis.logarithmic(metric.titleWithInterval, unit: metric.axisUnit, values: values)
            : Axis.linear(metric.titleWithInterval, unit: metric.axisUnit, values: values)
        var plot = Plot(
            name: name, title: title, subject: data.subject(of: panel),
            note: PlotData.missing(of: panel.entries), frame: (600, 360), left: up.width, key: panel.series.map(\.name))
        plot.set(across.commands("x") + up.commands("y"))
        for (index, line) in lines.enumerated() where line.contains(where: { $0.y != nil }) {
            let style = SeriesStyle.number(index)
            let title = panel.series.count > 1 ? "title \(PlotScript.quoted(panel.series[index].name))" : "notitle"
            let data = "series\(index + 1)"
            // A case without a figure is a gap in its line.
            plot.block(data, rows: line.map { [$0.x, $0.y?.value, $0.y?.low, $0.y?.high] })
            // Apart from the line: dashed intervals would look like ticks.
            plot.draw(
                "$\(data) using 1:2:3:4 with yerrorbars linewidth 1.4 linecolor '\(style.color)' pointtype 0 notitle")
            plot.draw(
                "$\(data) using 1:2 with linespoints linewidth 1.8 linecolor '\(style.color)' dashtype \(style.dashType)"
                    + " pointtype \(style.pointType) pointsize 0.8 \(title)")
        }
        return plot
    }
}

import Results

/// One bar per value and series, with the interval of its median: vertical if the values along x are short, horizontal
/// if they are labels.
package enum Bars: PlotKind {
    package static let name = "bars"
    package static let summary = "a bar per case or per value of a sweep, with error bars"

    /// The most bars of a plot.
    private static let mostBars = 400

    package static func suggestions(for data: PlotData) -> [PlotRequest] {
        data.entries.contains(where: \.isMeasured) ? [PlotRequest(kind: name)] : []
    }

    package static func plots(of data: PlotData, request: PlotRequest) throws(ReportProblem) -> [Plot] {
        let x = request.x ?? "label"
        let series = request.series ?? (x == "implementation" ? "label" : "implementation")
        try data.check(word: x)
        try data.check(word: series)
        let metric = try data.metric(request.y, default: .latency)
        let all = Grouping(data, x: x, series: series, placesAreTexts: true).panels
            .flatMap { $0.divided(into: mostBars) }
        let (panels, left) = (all.prefix(Paging.most), all.dropFirst(Paging.most).flatMap(\.entries).count)
        return panels.enumerated().map { index, panel in
            BarChart(panel: panel, metric: metric, x: x, styles: data.styles, left: left).plot(
                named: data.fileName(name, x, metric, part: panels.count > 1 ? index + 1 : nil),
                title: request.title ?? "\(metric.title) by \(x)", subject: data.subject(of: panel))
        }
    }
}

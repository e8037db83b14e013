import Results

/// Every kind of plot, one per line, in default drawing order.
package enum PlotCatalog {
    package static let kinds: [any PlotKind.Type] = [
        Bars.self,
        Lines.self,
        Roofline.self,
        Scatter.self,
        Distribution.self,
    ]

    package static func kind(named name: String) -> (any PlotKind.Type)? { kinds.first { $0.name == name } }

    /// The plots that the suite of these runs requests, or sensible ones if it requests none, each with a unique name;
    /// and the requests that failed.
    package static func plots(of runs: [Run]) -> (plots: [Plot], problems: [ReportProblem]) {
        let data = PlotData(runs)
        let asked = data.runs.first?.header.suite.plots ?? []
        let requests = asked.isEmpty ? kinds.flatMap { $0.suggestions(for: data) } : asked
        var (plots, problems): ([Plot], [ReportProblem]) = ([], [])
        var names: Set<String> = []
        for request in requests {
            do throws(ReportProblem) {
                for var plot in try Self.plots(of: data, request: request) {
                    let stem = plot.name
                    var number = 2
                    while !names.insert(plot.name).inserted {
                        plot.name = "\(stem)-\(number)"
                        number += 1
                    }
                    plots.append(plot)
                }
            } catch {
                problems.append(error)
            }
        }
        return (plots, problems)
    }

    private static func plots(of data: PlotData, request: PlotRequest) throws(ReportProblem) -> [Plot] {
        guard let kind = kind(named: request.kind) else {
            let names = kinds.map { $0.name }.joined(separator: ", ")
            throw ReportProblem("there is no plot of kind '\(request.kind)'", remedy: "choose one of " + names)
        }
        return try kind.plots(of: try data.filtered(by: request), request: request)
    }
}

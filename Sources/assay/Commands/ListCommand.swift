import ArgumentParser
import Networks
import Reports
import Results
import Running
import Settings
import Workloads

/// `assay list [suites|kernels|models|metrics|plots] [NAME]`
struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List suites, kernels, models, metrics or plots (default: suites, kernels and models).",
        discussion: """
              assay list models              # parameters and MACs of each
              assay list models resnet50     # its parameters and implementations
              assay list kernels conv2d
            """.flowed)

    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case suites, kernels, models, metrics, plots
    }

    @Argument(help: "What to list: \(Subject.allCases.map(\.rawValue).joined(separator: ", ")).")
    var subject: Subject?

    @Argument(help: "A kernel or model whose parameters and implementations to list.")
    var name: String?

    @Option(help: "Print the list in this format.")
    var format: OutputFormat = .table

    func validate() throws {
        if name != nil, subject != .kernels, subject != .models {
            throw ValidationError("Only kernels and models can be listed by name: assay list models NAME.")
        }
    }

    func run() async throws {
        try await reporting {
            if subject == nil || subject == .suites, let absence = Workspace.current.suites.absence {
                Diagnostics.warning(absence)
            }
            try format.print(try report())
        }
    }

    private func report() throws -> ListReport {
        guard let subject else {
            return ListReport(listings: [suites(), overview(Catalog.all.kernels), models()])
        }
        if let name { return try details([Catalog.all.workload(subject == .models ? "model" : "kernel", name)]) }
        switch subject {
        case .suites: return ListReport(listings: [suites()])
        case .kernels: return details(Catalog.all.kernels)
        case .models:
            let common = parameters(ModelCatalog.common)
            return ListReport(
                listings: [models(), common],
                details: [
                    .table(models().table),
                    .paragraph("parameters of models on images (`classes` of those with a classifier):"),
                    .table(common.table),
                ])
        case .metrics: return ListReport(listings: [metrics()])
        case .plots: return ListReport(listings: [plots()])
        }
    }

    /// A suite that cannot be read is listed with what is wrong: a list must not fail over one of its items.
    private func suites() -> ListTable {
        let library = Workspace.current.suites
        let planner = Planner()
        return ListTable(
            name: "suites", columns: [.left("suite"), .right("cases"), .left("title")],
            rows: library.names.map { name in
                do {
                    let plan = try planner.plan(library.load(name))
                    try PlotVocabulary.all.check(plan)
                    return [.init(name), .init(plan.cases.count, String(plan.cases.count)), .init(plan.suite.title)]
                } catch {
                    return [.init(name), .init(nil, "-"), .init("\(error)")]
                }
            })
    }

    private func overview(_ kinds: [Kind]) -> ListTable {
        ListTable(
            name: "kernels", columns: [.left("kernel"), .left("elements"), .left("what it is")],
            rows: kinds.map {
                let elements = $0.schema.elements.map(\.rawValue).joined(separator: " ")
                return [.init($0.schema.name), .init(elements), .init($0.schema.summary)]
            })
    }

    /// A line per model, with its costs at the defaults.
    private func models() -> ListTable {
        let common = Set(ModelCatalog.common.parameters.map(\.key))
        return ListTable(
            name: "models",
            columns: [.left("model"), .right("parameters"), .right("MACs"), .left("options"), .left("what it is")],
            rows: Catalog.all.models.map { kind in
                let schema = kind.schema
                let costs = (try? kind.workload(from: [])).map { Costs($0) }
                return [
                    .init(schema.name),
                    .init(costs?.parameters, costs.map { Format.value(Double($0.parameters), unit: "1") } ?? ""),
                    .init(costs?.macs, costs.map { Format.value(Double($0.macs), unit: "MAC") } ?? ""),
                    .init(schema.parameters.filter { !common.contains($0.key) }.map(\.word).joined(separator: " ")),
                    .init(schema.summary),
                ]
            })
    }

    private func parameters(_ schema: Schema) -> ListTable {
        let rows = schema.parameters.map {
            [$0.key, $0.word, $0.fallback.description, $0.kind.expectation, $0.summary]
        }
        let shorthands = schema.shorthands.map {
            ["", $0.word, "", "sets " + $0.keys.joined(separator: ", "), $0.summary]
        }
        return ListTable(
            name: "parameters",
            columns: [.left("key"), .left("in suites"), .left("default"), .left("value"), .left("what it is")],
            rows: (rows + shorthands).map { $0.map { ListTable.Cell($0) } })
    }

    /// Parameters and implementations of each.
    private func details(_ kinds: [Kind]) -> ListReport {
        var sections: [ReportSection] = []
        for kind in kinds {
            let schema = kind.schema
            sections.append(.paragraph("\(schema.name): \(schema.summary)"))
            let parameters = parameters(schema)
            if !parameters.rows.isEmpty { sections.append(.table(parameters.table)) }
            sections.append(.table(implementations(of: kind).table))
            sections.append(.paragraph("for example: assay run --case '\(schema.name)[\(schema.example)]'"))
        }
        guard kinds.count == 1, let kind = kinds.first else {
            return ListReport(listings: [overview(kinds)], details: sections)
        }
        return ListReport(
            listings: [parameters(kind.schema), implementations(of: kind)], details: sections)
    }

    private func implementations(of kind: Kind) -> ListTable {
        ListTable(
            name: "implementations", columns: [.left("implementation"), .left("element"), .left("how")],
            rows: kind.schema.elements.flatMap { element in
                Catalog.implementations(of: kind, element: element).map {
                    [.init($0.name), .init(element.rawValue), .init($0.summary)]
                }
            })
    }

    private func metrics() -> ListTable {
        ListTable(
            name: "metrics",
            columns: [.left("metric"), .left("unit"), .left("better"), .left("kind"), .left("title")],
            rows: MetricCatalog.metrics.map {
                [
                    .init($0.name), .init($0.unit), .init($0.better.rawValue), .init($0.isExact ? "exact" : "measured"),
                    .init($0.title),
                ]
            })
    }

    private func plots() -> ListTable {
        ListTable(
            name: "plots", columns: [.left("plot"), .left("what it shows")],
            rows: PlotCatalog.kinds.map { [.init($0.name), .init($0.summary)] })
    }
}

import ArgumentParser
import Networks
import Reports
import Results
import Suites
import Workloads

/// `assay list [suites|kernels|models|metrics|plots] [NAME]`
struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists suites, kernels, models, metrics or plots; without a word, suites, kernels and models.",
        discussion: """
              assay list models              a line a model: parameters, MACs, what it is
              assay list models resnet50     its parameters and implementations
              assay list kernels conv2d
            """)

    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case suites, kernels, models, metrics, plots
    }

    @Argument(help: "What to list: \(Subject.allCases.map(\.rawValue).joined(separator: ", ")).")
    var subject: Subject?

    @Argument(help: "One kernel or model, to list what can be said of it.")
    var name: String?

    func validate() throws {
        if name != nil, subject != .kernels, subject != .models {
            throw ValidationError("Only kernels and models are listed by name: assay list models NAME.")
        }
    }

    func run() async throws {
        try await reporting {
            if subject == nil || subject == .suites, let absence = Workspace.current.suites.absence {
                Diagnostics.warning(absence)
            }
            guard let subject else {
                print(try suites().rendered())
                print(overview(Catalog.all.kernels).rendered())
                print(models().rendered(), terminator: "")
                return
            }
            if let name { return describe(try Catalog.all.workload(subject == .models ? "model" : "kernel", name)) }
            switch subject {
            case .suites: print(try suites().rendered(), terminator: "")
            case .kernels: Catalog.all.kernels.forEach(describe)
            case .models:
                print(models().rendered())
                print("parameters of all models (`classes` of those with a classifier):\n")
                print(parameters(ModelCatalog.common).rendered(), terminator: "")
            case .metrics: print(metrics().rendered(), terminator: "")
            case .plots: print(plots().rendered(), terminator: "")
            }
        }
    }

    /// A suite that cannot be read is listed with what is wrong: a list must not fail over one of its items.
    private func suites() throws -> Table {
        let library = Workspace.current.suites
        let planner = Planner(vocabulary: .all)
        return Table(
            columns: [.left("suite"), .right("cases"), .left("title")],
            rows: library.names.map { name in
                do {
                    let plan = try planner.plan(library.load(name))
                    return [name, String(plan.cases.count), plan.suite.title]
                } catch {
                    return [name, "-", "\(error)"]
                }
            })
    }

    private func overview(_ types: [any Workload.Type]) -> Table {
        Table(
            columns: [.left("kernel"), .left("what it is")], rows: types.map { [$0.schema.name, $0.schema.summary] })
    }

    /// A line a model, its costs as they are where nothing is said.
    private func models() -> Table {
        let common = Set(ModelCatalog.common.parameters.map(\.key))
        return Table(
            columns: [
                .left("model"), .right("parameters"), .right("MACs"), .left("options"), .left("what it is"),
            ],
            rows: Catalog.all.models.map { type in
                let schema = type.schema
                let costs = (try? type.init(schema.arguments(from: []))).map { Costs($0) }
                return [
                    schema.name, costs.map { Format.value(Double($0.parameters), unit: "1") } ?? "",
                    costs.map { Format.value(Double($0.macs), unit: "MAC") } ?? "",
                    schema.parameters.filter { !common.contains($0.key) }.map(\.word).joined(separator: " "),
                    schema.summary,
                ]
            })
    }

    private func parameters(_ schema: Schema) -> Table {
        let rows = schema.parameters.map {
            [$0.key, $0.word, $0.fallback.description, $0.kind.expectation, $0.summary]
        }
        let shorthands = schema.shorthands.map {
            ["", $0.word, "", "sets " + $0.keys.joined(separator: ", "), $0.summary]
        }
        return Table(
            columns: [.left("key"), .left("in suites"), .left("default"), .left("value"), .left("what it is")],
            rows: rows + shorthands)
    }

    private func describe(_ type: any Workload.Type) {
        let schema = type.schema
        print("\(schema.name): \(schema.summary)\n")
        let parameters = parameters(schema)
        if !parameters.rows.isEmpty { print(parameters.rendered()) }
        let implementations = Catalog.implementations(of: type).map { [$0.name, $0.summary] }
        print(Table(columns: [.left("implementation"), .left("how")], rows: implementations).rendered())
        print("for example: assay run --case '\(schema.name)[\(schema.example)]'\n\n")
    }

    private func metrics() -> Table {
        Table(
            columns: [.left("metric"), .left("unit"), .left("better"), .left("kind"), .left("title")],
            rows: MetricCatalog.metrics.map {
                [$0.name, $0.unit, $0.better.rawValue, $0.exact ? "exact" : "measured", $0.title]
            })
    }

    private func plots() -> Table {
        Table(columns: [.left("plot"), .left("what it shows")], rows: PlotCatalog.kinds.map { [$0.name, $0.summary] })
    }
}

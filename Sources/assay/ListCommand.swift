import ArgumentParser
import Reports
import Results
import Suites
import Workloads

/// `assay list [suites|kernels|models|metrics|plots]`
struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists suites, kernels, models, metrics or plots; without a word, suites and kernels.")

    enum Subject: String, ExpressibleByArgument, CaseIterable {
        case suites, kernels, models, metrics, plots
    }

    @Argument(help: "What to list: \(Subject.allCases.map(\.rawValue).joined(separator: ", ")).")
    var subject: Subject?

    func run() async throws {
        try await reporting {
            guard let subject else {
                print(try suites().rendered())
                print(overview(Catalog.all.kernels).rendered(), terminator: "")
                return
            }
            switch subject {
            case .suites: print(try suites().rendered(), terminator: "")
            case .kernels: Catalog.all.kernels.forEach(describe)
            case .models:
                guard !Catalog.all.models.isEmpty else { return print("no models yet") }
                Catalog.all.models.forEach(describe)
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

    private func describe(_ type: any Workload.Type) {
        let schema = type.schema
        print("\(schema.name): \(schema.summary)\n")
        var rows = schema.parameters.map {
            [$0.key, $0.word, $0.fallback.description, $0.kind.expectation, $0.summary]
        }
        rows += schema.shorthands.map { ["", $0.word, "", "sets " + $0.keys.joined(separator: ", "), $0.summary] }
        if !rows.isEmpty {
            let columns: [Table.Column] = [
                .left("key"), .left("in suites"), .left("default"), .left("value"), .left("what it is"),
            ]
            print(Table(columns: columns, rows: rows).rendered())
        }
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

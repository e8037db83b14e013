import ArgumentParser
import Foundation
import Reports
import Results
import Running
import Suites
import Workloads

/// `assay show SUITE | --case NAME`
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Counts what a suite or a case costs, exactly, with nothing run.",
        discussion: """
            A row a shape: MACs (multiply-adds; FLOPs are twice that), parameters,
            bytes of weights, of operands (inputs and outputs) and of the least traffic
            (each once), and FLOPs a byte of that. What MACs leave out (biases, norms,
            activations, softmax, pooling) csv and json list as element operations.

              assay show grouped-conv
              assay show --case 'attention[heads=12,query=197,dim=64]'
            """)

    @Argument(help: "Suites, by name or path.")
    var suites: [String] = []

    @OptionGroup var selection: Selection

    @Option(help: "How to print.")
    var format: OutputFormat = .table

    func validate() throws {
        if suites.isEmpty && selection.cases.isEmpty {
            throw ValidationError("Name a suite, or a case with --case; `assay list` says what there is.")
        }
    }

    func run() async throws {
        try await reporting {
            var seen: Set<String> = []
            var rows: [CostRow] = []
            for plan in try selection.plans(of: suites) {
                // Implementations and threads share a shape, and costs belong to the shape.
                for item in plan.cases where seen.insert(item.workload.name).inserted { rows.append(CostRow(item)) }
            }
            switch format {
            case .table: print(CostRow.table(rows).rendered(), terminator: "")
            case .csv: print(CostRow.csv(rows), terminator: "")
            case .json: print(try CostRow.json(rows))
            }
        }
    }
}

/// What one shape costs.
private struct CostRow: Encodable {
    let label: String
    let shape: String
    let macs: Int
    let flops: Int
    let parameters: Int
    let weightBytes: Int
    let operandBytes: Int
    let leastTraffic: Int
    let intensity: Double
    let elementOperations: [String: Int]

    init(_ item: Case) {
        let costs = Costs(item.workload)
        label = item.label
        shape = item.workload.name
        macs = costs.macs
        flops = costs.flops
        parameters = costs.parameters
        weightBytes = costs.weightBytes
        operandBytes = costs.operandBytes
        leastTraffic = costs.leastTraffic
        intensity = costs.intensity
        elementOperations = CountedCosts(costs).elementOperations
    }

    /// In the order of the columns.
    private var counts: [Int] { [macs, flops, parameters, weightBytes, operandBytes, leastTraffic] }

    static func table(_ rows: [CostRow]) -> Table {
        let titles = ["MACs", "FLOPs", "parameters", "weights B", "operands B", "least traffic B", "FLOP/B"]
        return Table(
            columns: [.left("case")] + titles.map { Table.Column.right($0) },
            rows: rows.map { row in
                [row.label] + row.counts.map(grouped) + [String(format: "%.2f", row.intensity)]
            })
    }

    /// Digits in threes: exact figures have many.
    private static func grouped(_ number: Int) -> String {
        number.formatted(.number.locale(Locale(identifier: "en_US")))
    }

    static func csv(_ rows: [CostRow]) -> String {
        let head = [
            "case", "label", "macs", "flops", "parameters", "weight_bytes", "operand_bytes", "least_traffic",
            "intensity",
            "element_operations",
        ]
        let lines = rows.map { row in
            let operations = row.elementOperations.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return [row.shape, row.label] + row.counts.map(String.init)
                + [CSV.number(row.intensity), operations.joined(separator: " ")]
        }
        return ([head] + lines).map(CSV.line).joined()
    }

    static func json(_ rows: [CostRow]) throws -> String {
        return try JSONText.of(rows)
    }
}

import ArgumentParser
import Reports
import Results
import Settings
import Suites
import Workloads

/// `assay show SUITE | --case NAME`
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Counts what a suite or a case costs, exactly, with nothing run.",
        discussion: """
            A row a shape and type of elements: MACs (multiply-adds; FLOPs are twice that), parameters,
            bytes of weights, of operands (inputs and outputs) and of the least traffic
            (each once), and FLOPs a byte of that. What MACs leave out (biases, norms,
            activations, softmax, pooling) csv and json list as element operations.

              assay show grouped-conv
              assay show --case 'attention[heads=12,query=197,dim=64]'
            """.flowed)

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
            var shapes: [Case] = []
            for plan in try selection.plans(of: suites) {
                // Implementations and threads share a shape, and costs belong to the shape and the type of its elements.
                for item in plan.cases where seen.insert("\(item.workload.name) \(item.element)").inserted {
                    shapes.append(item)
                }
            }
            try format.print(CostReport(shapes))
        }
    }
}

import ArgumentParser
import Reports
import Results
import Running
import Settings
import Workloads

/// `assay show SUITE | --case NAME`
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Count what a suite or a case costs, exactly. Run nothing.",
        discussion: """
            The table has a row per shape and element type: MACs (multiply-adds; FLOPs are twice that),
            parameters, bytes of weights, bytes of operands (inputs and outputs), bytes of
            the least traffic (each byte once), and FLOPs per byte of traffic. MACs do not
            include biases, norms, activations, softmax and pooling. The formats csv and
            json list those as element operations.

              assay show grouped-conv
              assay show --case 'attention[heads=12,query=197,dim=64]'
            """.flowed)

    @Argument(help: "Suites, by name or path.")
    var suites: [String] = []

    @OptionGroup var selection: Selection

    @Option(help: "Print the costs in this format.")
    var format: OutputFormat = .table

    func validate() throws {
        if suites.isEmpty && selection.cases.isEmpty {
            throw ValidationError("Name a suite, or a case with --case. `assay list` shows both.")
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

import ArgumentParser
import Instructions
import Results
import Running
import Suites
import Workers

/// `assay dump CASE --to DIR`
struct DumpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dump", abstract: "Writes a case's inputs, weights and outputs as NumPy files.",
        discussion: """
            tensors.json in the folder lists the files: {file, name, role,
            implementation, element, layout, shape}. Without an implementation in the name, every
            implementation and the reference are computed.

              assay dump 'conv2d[ci=8,co=8,h=14,w=14,k=3]' --to conv
            """.flowed)

    @Argument(help: "The name of a case; parameters with defaults and parts at the end may be left out.")
    var name: String

    @Option(name: .customLong("to"), help: "A folder that is not there yet, or empty.")
    var folder: String

    @OptionGroup var graph: GraphOptions
    @OptionGroup var weights: WeightOptions

    func validate() throws {
        if folder.isEmpty { throw ValidationError("--to is empty; name a folder.") }
    }

    func run() async throws {
        try await reporting {
            _ = try InstructionSet.chosen()
            let planner = Planner(overrides: PlanOverrides(models: graph.overrides))
            let cases = try planner.cases(named: name, withReference: true, at: Place(file: "dump"))
            try graph.check(cases)
            Interrupt.install()
            let dump = Dump(cases, weights: try weights.checked(for: cases), interrupted: { Interrupt.requested })
            for file in try dump.write(to: folder) { StandardStreams.print("\(folder)/\(file)".onOneLine) }
        }
    }
}

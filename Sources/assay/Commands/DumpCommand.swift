import ArgumentParser
import Instructions
import Platform
import Results
import Running

/// `assay dump CASE --to DIR`
struct DumpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dump", abstract: "Write a case's inputs, weights and outputs as NumPy files.",
        discussion: """
            The file tensors.json lists the others: {file, name, role, implementation,
            element, layout, shape}. If the name of the case has no implementation, all of them
            and the reference are computed.

              assay dump 'conv2d[in=8,out=8,size=14,kernel=3]' --to conv
            """.flowed)

    @Argument(help: "The name of a case. Leave out parameters with defaults and parts at the end if you like.")
    var name: String

    @Option(name: .customLong("to"), help: "Write into this folder. It must be empty or not exist.")
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

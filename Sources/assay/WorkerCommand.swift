import ArgumentParser
import Running

/// The process that measures one case; started by `assay run`, not by people.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: Worker.command, abstract: "Measures one case for assay itself.", shouldDisplay: false)

    func run() throws { try WorkerService().serve() }
}

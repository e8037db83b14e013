import ArgumentParser
import Running
import Workers

/// The process that measures one case; started by `assay run` and others, not by people.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: Worker.command, abstract: "Measure one case for assay itself.", shouldDisplay: false)

    func run() throws { try WorkerService().serve() }
}

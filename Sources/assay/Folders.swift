import ArgumentParser

/// Where run files and reports are.
struct Folders: ParsableArguments {
    @Option(help: ArgumentHelp("The folder of run files (default Results).", valueName: "dir"))
    var results: String?

    @Option(help: ArgumentHelp("The folder of reports (default Reports).", valueName: "dir"))
    var reports: String?

    var resultsPath: String { results ?? Workspace.current.results }
    var reportsPath: String { reports ?? Workspace.current.reports }
}

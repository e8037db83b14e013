import ArgumentParser

/// Where run files and reports are.
struct Folders: ParsableArguments {
    @Option(help: ArgumentHelp("The folder of run files (default Results).", valueName: "dir"))
    var results: String?

    @Option(help: ArgumentHelp("The folder of reports (default Reports).", valueName: "dir"))
    var reports: String?

    /// An empty name would be the root of the file system.
    func validate() throws {
        for (option, folder) in [("results", results), ("reports", reports)] where folder == "" {
            throw ValidationError("--\(option) is empty; name a folder, or leave it out.")
        }
    }

    var resultsPath: String { results ?? Workspace.current.results }
    var reportsPath: String { reports ?? Workspace.current.reports }
}

import ArgumentParser
import Measurement
import Results

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

    /// What cannot be written to is found before anything is built or measured.
    /// - Parameter reports: whether a report is to be written.
    func check(reports: Bool) throws {
        let machine = Store.fileName(Machine(reading: .current).id)
        try makeWritable(folder: "\(resultsPath)/\(machine)")
        if reports { try makeWritable(folder: "\(reportsPath)/\(machine)") }
    }

    var resultsPath: String { results ?? Workspace.current.results }
    var reportsPath: String { reports ?? Workspace.current.reports }
}

import ArgumentParser
import Measurement
import Platform
import Results
import Running

/// The folders of run files and reports.
struct Folders: ParsableArguments {
    @Option(help: ArgumentHelp("Keep run files in this folder (default Results).", valueName: "dir"))
    var results: String?

    @Option(help: ArgumentHelp("Write reports into this folder (default Reports).", valueName: "dir"))
    var reports: String?

    /// An empty name would be the root of the file system.
    func validate() throws {
        for (option, folder) in [("results", results), ("reports", reports)] where folder == "" {
            throw ValidationError("--\(option) is empty; name a folder, or leave it out.")
        }
    }

    /// Finds folders that cannot be written before anything is built or measured.
    /// - Parameter reports: whether a report is to be written.
    func check(reports: Bool) throws {
        let machine = Store.fileName(Machine(reading: .current).id)
        try makeWritable(folder: "\(resultsPath)/\(machine)")
        if reports { try makeWritable(folder: "\(reportsPath)/\(machine)") }
    }

    var resultsPath: String { results ?? Workspace.current.results }
    var reportsPath: String { reports ?? Workspace.current.reports }
}

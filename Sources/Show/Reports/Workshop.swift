import Foundation
import Platform
import Results

/// A hidden folder inside a folder of reports. Files are made there before they get their names: readers see the whole
/// old file or the whole new one.
final class Workshop: Sendable {
    let folder: String
    private let hidden: WorkFolder

    var path: String { hidden.path }

    private static let prefix = ".assay-report-"

    /// Removes such folders that killed processes left.
    static func removeAbandoned(in folder: String) { WorkFolder.removeAbandoned(in: folder, prefix: prefix) }

    /// Creates the folder, and removes those that killed processes left.
    init(in folder: String) throws(ReportProblem) {
        self.folder = folder
        do {
            hidden = try WorkFolder(in: folder, prefix: Self.prefix)
        } catch { throw .writing(folder, errno: error.code) }
    }

    /// Passes `write` a path in this folder, then renames the result. A link of that name is replaced, not followed.
    func write(_ name: String, by write: (String) throws(ReportProblem) -> Void) throws(ReportProblem) {
        let aside = "\(path)/\(name)"
        do {
            try write(aside)
            try move(aside, to: name)
        } catch {
            unlink(aside)
            // The temporary name would mean nothing to the user.
            throw ReportProblem(
                error.message.replacing(aside, with: "\(folder)/\(name)"), remedy: error.remedy, isFinal: error.isFinal)
        }
    }

    /// Moves a file from here into the folder, under its name.
    func move(_ source: String, to name: String) throws(ReportProblem) {
        guard rename(source, "\(folder)/\(name)") == 0 else { throw .writing("\(folder)/\(name)", errno: errno) }
    }
}

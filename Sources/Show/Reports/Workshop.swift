import Foundation
import Platform
import Results

/// A hidden folder in a folder of reports, in which files are made before they take their names: who reads a name sees the
/// old file or the new one, whole.
final class Workshop: Sendable {
    let folder: String
    private let hidden: WorkFolder

    var path: String { hidden.path }

    private static let prefix = ".assay-report-"

    /// Removes those in a folder that killed processes left.
    static func removeAbandoned(in folder: String) { WorkFolder.removeAbandoned(in: folder, prefix: prefix) }

    /// Makes it, and removes those in the folder that killed processes left.
    init(in folder: String) throws(ReportProblem) {
        self.folder = folder
        do {
            hidden = try WorkFolder(in: folder, prefix: Self.prefix)
        } catch { throw .writing(folder, errno: error.code) }
    }

    /// Gives `write` a path in here, and moves what it made to its name. A link of that name is replaced, not followed.
    func write(_ name: String, by write: (String) throws(ReportProblem) -> Void) throws(ReportProblem) {
        let aside = "\(path)/\(name)"
        do {
            try write(aside)
            try move(aside, to: name)
        } catch {
            unlink(aside)
            // The name aside is of no use to anyone.
            throw ReportProblem(
                error.message.replacing(aside, with: "\(folder)/\(name)"), remedy: error.remedy, isFinal: error.isFinal)
        }
    }

    /// Gives a file in here its name in the folder.
    func move(_ source: String, to name: String) throws(ReportProblem) {
        guard rename(source, "\(folder)/\(name)") == 0 else { throw .writing("\(folder)/\(name)", errno: errno) }
    }
}

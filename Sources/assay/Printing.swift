import Foundation
import Reports
import Results
import Running

/// Results on standard output.
enum Printing {
    static func print(_ runs: [Run], as format: OutputFormat) throws {
        switch format {
        case .table:
            for run in runs {
                if runs.count > 1 { Swift.print(run.header.suite.title) }
                Swift.print(RunTable.table(of: run).rendered(), terminator: "")
                for note in RunTable.notes(on: run) { Swift.print(note) }
            }
        case .csv: Swift.print(CSV.text(of: runs), terminator: "")
        case .json:
            for run in runs {
                for record in run.records {
                    Swift.print(String(decoding: try RunLine.record(record).encoded(), as: UTF8.self), terminator: "")
                }
            }
        }
    }
}

extension RunSummary {
    /// Verifying that takes no longer than so many seconds goes without saying.
    private static let longVerifying = 3.0

    /// "12 measured, 1 skipped in 34 s, 61 % of it sampling, 5.2 s verifying".
    var sentence: String {
        var counts = ["\(measured) measured"]
        if skipped > 0 { counts.append("\(skipped) skipped") }
        if failed > 0 { counts.append("\(failed) failed") }
        let share = wallSeconds > 0 ? sampledSeconds / wallSeconds : 0
        return counts.joined(separator: ", ")
            + " in \(Format.seconds(wallSeconds)), \(Format.percent(share)) of it sampling"
            + (verifiedSeconds > Self.longVerifying ? ", \(Format.seconds(verifiedSeconds)) verifying" : "")
    }
}

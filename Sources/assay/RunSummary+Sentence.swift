import Reports
import Running

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

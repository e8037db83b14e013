import Reports
import Running

extension RunSummary {
    /// Verifying is only mentioned if it takes longer than this many seconds.
    private static let longVerifying = 3.0

    /// "12 measured, 1 skipped in 34 s, 61 % of it sampling, 5.2 s verifying"; of one that was stopped "2 of 42 measured".
    /// - Parameter planned: the cases that there were to measure.
    func sentence(of planned: Int) -> String {
        var counts = [interrupted ? "\(measured) of \(planned) measured" : "\(measured) measured"]
        if skipped > 0 { counts.append("\(skipped) skipped") }
        if failed > 0 { counts.append("\(failed) failed") }
        let share = wallSeconds > 0 ? sampledSeconds / wallSeconds : 0
        return counts.joined(separator: ", ")
            + " in \(Format.seconds(wallSeconds)), \(Format.percent(share)) of it sampling"
            + (verifiedSeconds > Self.longVerifying ? ", \(Format.seconds(verifiedSeconds)) verifying" : "")
    }
}

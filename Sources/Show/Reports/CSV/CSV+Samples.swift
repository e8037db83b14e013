import Results

extension CSV {
    /// Every sample of the runs, one per row: seconds per call, numbered from 1. In a profile, samples of layers with
    /// the same number are from the same round.
    package static func samples(_ runs: [Run]) -> String {
        var text = line(["run", "case", "sample", "seconds"])
        for run in runs {
            for record in run.records {
                let subject = [run.id, record.case].map(field).joined(separator: ",")
                for (index, seconds) in (record.samples?.seconds ?? []).enumerated() {
                    text += "\(subject),\(index + 1),\(number(seconds))\n"
                }
            }
        }
        return text
    }
}

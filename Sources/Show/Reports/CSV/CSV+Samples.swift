import Results

extension CSV {
    /// Every sample of runs, one per row: seconds per call, numbered from 1. The samples of the layers of a profile that bear one
    /// number are of one round.
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

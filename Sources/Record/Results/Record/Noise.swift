import Settings
import Statistics

/// The noise of a run.
extension Run {
    /// The requested precision: half the width of the median's interval / median.
    package var precision: Double { header.options["precision"].flatMap(Double.init) ?? SamplingOptions().precision }

    /// Whether a case was measured less precisely than requested. Fewer than six samples have no interval.
    package func isImprecise(_ record: Record) -> Bool {
        guard record.status == .measured, let latencies = record.latencies else { return false }
        guard let interval = MedianInterval(latencies) else { return true }
        return interval.relativeHalfWidth > precision
    }

    /// The share of the time inside samples in which other programs had the processor, over all cases with one thread.
    /// With more threads, some wait for others, which looks the same. Nil if there are no such cases.
    package var shareOfOthers: Double? {
        var (all, others) = (0.0, 0.0)
        for record in records where record.status == .measured && record.threads == 1 {
            guard let samples = record.samples else { continue }
            for (seconds, cpu) in zip(samples.seconds, samples[.cpuShare]) {
                all += seconds * Double(samples.calls)
                others += seconds * Double(samples.calls) * max(0, 1 - cpu)
            }
        }
        return all > 0 ? others / all : nil
    }
}

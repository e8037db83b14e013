import Measurement
import Suites

/// How to run, as the command line and the suite's defaults decide it.
package struct RunOptions: Sendable {
    package var sampling = SamplingOptions()
    /// Operands are rotated out of the last-level cache.
    package var cold = false
    /// The threads of a case keep a processor each; a single one always does.
    package var pin = false
    /// Seconds after which a case is given up.
    package var timeout = 300.0
    package var shard: Shard?
    /// Continues the newest run of the suite that was cut off.
    package var resume = false
    /// What chose the cases: `--filter`, `--implementation`, `--threads`, `--case`.
    package var selection: [String: String] = [:]

    package init() {}

    /// What a resumed run must share with the run it continues, by name.
    var recorded: [String: String] {
        var options = selection
        options["precision"] = String(sampling.precision)
        options["time_limit"] = String(sampling.timeLimit)
        options["samples"] = sampling.samples.map(String.init)
        options["cold"] = String(cold)
        options["pin"] = pin ? "true" : nil
        options["shard"] = shard?.description
        return options
    }
}

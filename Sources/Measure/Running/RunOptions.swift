import Foundation
import Platform
import Results

/// How to run, as the command line and the suite's defaults decide it.
package struct RunOptions: Sendable {
    package var sampling = SamplingOptions()
    /// Operands are rotated out of the last-level cache.
    package var cold = false
    /// The threads of a case keep a processor each; a single one always does.
    package var pin = false
    /// Verifies every answer, also those that were verified before.
    package var verify = false
    /// Where it is kept what was verified.
    package var cache = CacheFolder.standard
    /// Seconds after which a case is given up.
    package var timeout = 300.0
    package var shard: Shard?
    /// Seconds that the run may wait, in all, until other programs are quiet.
    package var waitQuiet = 0.0
    /// Continues the newest run of the suite that was cut off.
    package var resume = false
    /// What chose the cases: `--filter`, `--implementation`, `--threads`, `--case`.
    package var selection: [String: String] = [:]
    /// Weights from files; nil if they are drawn.
    package var weights: WeightFolder?

    package init() {}

    /// What a resumed run must share: what was asked for, and the program, which says more than a commit with changes.
    func identity(of executable: String) -> [String: String] {
        var options = recorded
        options["program"] = FileManager.default.contents(atPath: executable).map(Fingerprint.text)
        return options
    }

    /// What was verified before of this program; nil if the program cannot be told from others.
    func answers(of executable: String) -> AnswerCache? {
        FileManager.default.contents(atPath: executable).map {
            AnswerCache(cache, program: Fingerprint.text($0), weights: weights?.mark, isForced: verify)
        }
    }

    /// What was asked for, by name.
    private var recorded: [String: String] {
        var options = selection
        options["precision"] = String(sampling.precision)
        options["time_limit"] = String(sampling.timeLimit)
        options["samples"] = sampling.samples.map(String.init)
        options["cold"] = String(cold)
        options["pin"] = pin ? "true" : nil
        options["shard"] = shard?.description
        options["weights"] = weights.map { "\($0.path) \($0.mark)" }
        return options
    }
}

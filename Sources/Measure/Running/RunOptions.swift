import Foundation
import Platform
import Results

/// How to run, as decided by the command line and the suite's defaults.
package struct RunOptions: Sendable {
    package var sampling = SamplingOptions()
    /// Whether operands are rotated out of the last-level cache.
    package var cold = false
    /// Whether each thread of a case is pinned to its own processor; a single thread always is.
    package var pin = false
    /// Whether to verify every answer, including those verified before.
    package var verify = false
    /// The folder that keeps verified answers.
    package var cache = CacheFolder.standard
    /// The time limit of a case in seconds.
    package var timeout = 300.0
    package var shard: Shard?
    /// The total seconds that the run may wait for other programs to become quiet.
    package var waitQuiet = 0.0
    /// Whether to continue the newest interrupted run of the suite.
    package var resume = false
    /// The options that selected the cases: `--filter`, `--implementation`, `--threads`, `--case`.
    package var selection: [String: String] = [:]
    /// Weights from files; nil to draw them.
    package var weights: WeightFolder?

    package init() {}

    /// What a resumed run must have in common: the options and the program, which says more than a commit with changes.
    func identity(of executable: String) -> [String: String] {
        var options = recorded
        options["program"] = FileManager.default.contents(atPath: executable).map(Fingerprint.text)
        return options
    }

    /// The answers verified before with this program; nil if the program cannot be read.
    func answers(of executable: String) -> AnswerCache? {
        FileManager.default.contents(atPath: executable).map {
            AnswerCache(cache, program: Fingerprint.text($0), weights: weights?.mark, isForced: verify)
        }
    }

    /// The chosen options by name.
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

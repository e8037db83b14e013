import ArgumentParser
import Results
import Running

/// How long and how exactly to measure.
struct SamplingArguments: ParsableArguments {
    @Option(help: "Take exactly this many samples per case.")
    var samples: Int?

    @Option(
        help: ArgumentHelp(
            "Sample until half the width of the median's 95 % interval is at most this share of the median (default 1%), or there are 1000 samples.",
            valueName: "share"), transform: Self.share)
    var precision: Double?

    @Option(
        help: ArgumentHelp(
            "Sample each case for at most this long (default 3s).", valueName: "time"),
        transform: Self.seconds)
    var timeLimit: Double?

    @Flag(help: "Rotate operands through more memory than the last-level cache holds.")
    var cold = false

    @Flag(help: "Pin each thread to its own CPU. A single thread is always pinned.")
    var pin = false

    @Option(
        help: ArgumentHelp(
            "Give a case up after this time, which includes verifying (default 300s).", valueName: "time"),
        transform: Self.seconds)
    var timeout: Double = 300

    /// These, where said; else the suite's; else the defaults.
    func options(over suite: SamplingDefaults) throws -> SamplingOptions {
        var options = SamplingOptions()
        options.precision = precision ?? suite.precision ?? options.precision
        options.timeLimit = timeLimit ?? suite.timeLimit ?? options.timeLimit
        options.samples = samples ?? suite.samples
        return options
    }

    func validate() throws {
        do {
            try options(over: SamplingDefaults()).validate()
        } catch let error as SamplingOptions.Invalid {
            throw ValidationError("--\(error)")
        }
    }

    private static func share(_ text: String) throws -> Double {
        guard let share = Quantity.share(text) else {
            throw ValidationError("'\(text)' is not a share; write for example 1% or 0.01.")
        }
        return share
    }

    static func seconds(_ text: String) throws -> Double {
        guard let seconds = Quantity.seconds(text) else {
            throw ValidationError("'\(text)' is not a time; write for example 500ms, 3s or 2m.")
        }
        return seconds
    }
}

import ArgumentParser
import Results
import Suites

/// How long and how exactly to measure.
struct SamplingArguments: ParsableArguments {
    @Option(help: "Take exactly this many samples a case.")
    var samples: Int?

    @Option(
        help: ArgumentHelp(
            "Sample until the 95 % interval of the median is so narrow: half-width / median (default 1%); after 1000 samples it ends in any case.",
            valueName: "share"), transform: Self.share)
    var precision: Double?

    @Option(
        help: ArgumentHelp(
            "Sample a case for no longer than this (default 3s), nor longer than 1000 samples take.", valueName: "time"),
        transform: Self.seconds)
    var timeLimit: Double?

    @Flag(help: "Rotate operands through more memory than the last-level cache holds.")
    var cold = false

    @Flag(help: "Keep every thread of a case on a processor of its own; a single one always is.")
    var pin = false

    @Option(
        help: ArgumentHelp("Give a case up after this, verifying included (default 300s).", valueName: "time"),
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
            throw ValidationError("'\(text)' is no share; write for example 1% or 0.01.")
        }
        return share
    }

    static func seconds(_ text: String) throws -> Double {
        guard let seconds = Quantity.seconds(text) else {
            throw ValidationError("'\(text)' is no time; write for example 500ms, 3s or 2m.")
        }
        return seconds
    }
}

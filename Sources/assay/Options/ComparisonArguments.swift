import ArgumentParser
import Comparison
import Foundation
import Reports
import Results
import Running

/// How to compare. Shared by `compare` and `selftest`.
struct ComparisonArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp("Count differences up to this as none (default 2%).", valueName: "share"),
        transform: Self.share)
    var margin: Double = 0.02

    @Option(
        help: ArgumentHelp("Measure for at most this long, not counting builds (default 5m).", valueName: "time"),
        transform: SamplingArguments.seconds)
    var budget: Double = 300

    @Option(help: "Play exactly this many rounds per case, if the budget allows.")
    var rounds: Int?

    @Option(
        name: .customLong("case"), parsing: .singleValue,
        help: "Choose a case by its name, as failures print it. Can be repeated.")
    var cases: [String] = []

    @OptionGroup var filter: FilterOptions

    @Flag(help: "List the cases that would be compared. Measure nothing.")
    var list = false

    @Option(
        name: .customLong("implementation"), parsing: .singleValue,
        help: "Choose only this implementation. Can be repeated.")
    var implementations: [String] = []

    @Option(help: "Use this many threads instead of the suite's.")
    var threads: Int?

    @Flag(help: "Pin each thread to its own CPU. A single thread is always pinned.")
    var pin = false

    @Option(
        help: ArgumentHelp("Give a case up if it takes longer than this to answer (default 300s).", valueName: "time"),
        transform: SamplingArguments.seconds)
    var timeout: Double = 300

    @Option(help: "Seed the order of turns and cases (default: from the clock).")
    var seed: UInt64?

    @Option(help: "Print the result in this format.")
    var format: OutputFormat = .table

    @OptionGroup(title: "Files") var folders: Folders

    @Flag(inversion: .prefixedNo, help: "Write CSV, Markdown and the picture.")
    var report = true

    func validate() throws {
        try ThreadCount.check(threads)
        if let rounds, !(1...100_000).contains(rounds) {
            throw ValidationError("--rounds is \(rounds); write a whole number from 1 to 100000.")
        }
        guard margin > 0, margin < 1 else {
            throw ValidationError("--margin is \(margin); write a share above 0 and below 1, such as 2%.")
        }
        guard budget > 0 else { throw ValidationError("--budget is \(budget); write a time such as 5m.") }
    }

    var options: ComparisonOptions {
        var options = ComparisonOptions()
        options.margin = margin
        options.budget = budget
        options.rounds = rounds
        options.seed = seed ?? UInt64(Date().timeIntervalSince1970 * 1000)
        options.pin = pin
        options.timeout = timeout
        return options
    }

    /// The suites to compare: those that were named, or `quick` where no case was either. Paths are made whole, since each
    /// side runs in a folder of its own.
    func suites(_ named: [String]) -> [String] {
        let asked = named.isEmpty && cases.isEmpty ? ["quick"] : named
        return asked.map { suite in
            let isPath = suite.contains("/") || suite.hasSuffix(".yaml") || suite.hasSuffix(".yml")
            return isPath ? URL(fileURLWithPath: suite).standardizedFileURL.path : suite
        }
    }

    /// The common cases that were asked for. Throws if there are none.
    func chosen(_ cases: [ComparedCase], quietly: Bool = false) throws -> [ComparedCase] {
        let ofImplementations = cases.filter { implementations.isEmpty || implementations.contains($0.implementation) }
        guard !ofImplementations.isEmpty else {
            throw ComparisonError.usage(
                "none of \(cases.count) cases has this implementation",
                remedy: "see `assay show SUITE` for names and labels")
        }
        return try filter.choose(from: ofImplementations, quietly: quietly) { ($0.name, $0.label) }
    }

    static func share(_ text: String) throws -> Double {
        guard let share = Quantity.share(text) else {
            throw ValidationError("'\(text)' is not a share; write for example 2% or 0.02.")
        }
        return share
    }
}

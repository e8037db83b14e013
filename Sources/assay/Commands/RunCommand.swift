import ArgumentParser
import Foundation
import Instructions
import Measurement
import Platform
import Reports
import Results
import Running
import Settings

/// `assay run SUITE...`
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Verify and measure suites: table, run file, CSV and pictures.",
        discussion: """
            Each case runs in a process of its own. Its answer is compared with the
            reference (a network layer by layer), then it is timed, and then its outputs
            must still be the same. An answer that this program has verified before, and
            that is the same bit by bit, is not compared again; use --verify to do so.
            The cache of known answers is in ~/.cache/assay.

            A record is on disk as soon as its case ends, in
            Results/<machine>/<UTC time>-<suite>.jsonl. CSV, gnuplot scripts and pictures
            go to the same place under Reports/.

              assay run quick
              assay run grouped-conv --filter '@28 g32' --threads 2
              assay run --case 'matmul[m=1024,k=1024,n=1024]' --precision 0.5%
              assay run yardstick --shard 2/8    # one part of eight, for schedulers
              assay run yardstick --resume       # continue a run that was cut off
            """.flowed)

    @Argument(help: "Suites, by name (see `assay list suites`) or path.")
    var suites: [String] = []

    @OptionGroup var selection: Selection
    @OptionGroup var weights: WeightOptions
    @OptionGroup(title: "Sampling") var sampling: SamplingArguments
    @OptionGroup(title: "Files") var folders: Folders

    @Flag(help: "List the cases that would run. Run nothing.")
    var list = false

    @Flag(help: "Continue the newest run of the suite that was cut off. Cases that it has are not measured again.")
    var resume = false

    @Option(
        help: ArgumentHelp("Measure only this part of the shapes.", valueName: "index/count"), transform: Self.shard)
    var shard: Shard?

    @Flag(help: "Exit with 4 if a case does not reach the precision.")
    var strict = false

    @Option(
        help: ArgumentHelp(
            "Before each case, wait until other programs are quiet, for at most this long in all.", valueName: "time"),
        transform: SamplingArguments.seconds)
    var waitQuiet: Double = 0

    @Flag(help: "Verify every answer, even if the same outputs were verified before.")
    var verify = false

    @Option(help: "Print results in this format.")
    var format: OutputFormat = .table

    @Flag(inversion: .prefixedNo, help: "Write CSV and pictures when the run is over.")
    var report = true

    func validate() throws {
        if suites.isEmpty && selection.cases.isEmpty {
            throw ValidationError("Name a suite, or a case with --case. `assay list` shows both.")
        }
        if list && resume {
            throw ValidationError("--list does not know what --resume would leave out; use one of them.")
        }
    }

    func run() async throws {
        try await reporting {
            _ = try InstructionSet.chosen()
            // Everything that can be wrong with any suite is wrong before the first case runs.
            let plans = try selection.plans(of: suites)
            let settings = try plans.map { try options(for: $0) }
            if list {
                let cases = plans.flatMap { plan in shard?.share(of: plan.cases) ?? plan.cases }
                try format.print(CaseListReport(cases))
                return
            }
            try folders.check(reports: report)
            let host = SystemView.current
            try MachineCheck.run(threads: plans.flatMap { $0.cases.map(\.threads) }, pin: sampling.pin, on: host)
            Interrupt.install()
            let program = ProgramSources.current.identity(in: Workspace.current.root)
            for warning in program.warnings(on: .current) { Diagnostics.warning(warning) }
            var runs: [Run] = []
            for (plan, options) in zip(plans, settings) {
                let session = RunSession(
                    plan: plan, options: options, store: Store(folders.resultsPath), host: host,
                    executable: try Executable.path, version: Assay.version)
                let console = Console(options: weights.typed)
                defer { console.clear() }
                let outcome: RunSession.Outcome
                do {
                    outcome = try session.run(program: program, note: Diagnostics.say, listener: console.listen)
                } catch {
                    // What the suites before it came to is not lost with the one that broke off.
                    try? format.print(RunReport(runs))
                    throw error
                }
                console.clear()
                Diagnostics.say("\(outcome.path): \(outcome.summary.sentence(of: outcome.planned))")
                runs.append(try RunFileReader.read(outcome.path))
                if outcome.summary.interrupted {
                    try format.print(RunReport(runs))
                    Diagnostics.say("stopped; the cases measured so far are kept: continue with --resume")
                    Interrupt.endProcess()
                }
            }
            try finish(runs)
        }
    }

    private func finish(_ runs: [Run]) throws {
        try format.print(RunReport(runs))
        // All that was measured is on disk: a signal need not wait for pictures.
        Interrupt.stopListening()
        var written = true
        if report { written = try Reporting(folders: folders).report(runs) }
        let records = runs.flatMap(\.records)
        if records.contains(where: { $0.failure?.kind == .disagrees }) { throw Exit.disagreement }
        if !written || records.contains(where: { $0.status == .failed }) { throw Exit.unmeasured }
        if strict, runs.contains(where: { run in run.records.contains(where: run.isImprecise) }) {
            throw Exit.inconclusive
        }
    }

    private func options(for plan: Plan) throws -> RunOptions {
        var options = RunOptions()
        options.sampling = try sampling.options(over: plan.sampling)
        do {
            try options.sampling.validate()
        } catch {
            // The command line's own were checked: what is left is the suite's.
            let file = plan.suite.files.last?.path ?? plan.suite.name
            throw SuiteError("\(error.option): \(error.message)", at: Place(file: file), remedy: error.remedy)
        }
        options.cold = sampling.cold
        options.pin = sampling.pin
        options.verify = verify
        options.timeout = sampling.timeout
        options.shard = shard
        options.resume = resume
        options.waitQuiet = waitQuiet
        options.weights = try weights.checked(for: plan.cases)
        options.selection = selection.filter.recorded
        options.selection["threads"] = selection.threads.map(String.init)
        if !selection.implementations.isEmpty {
            options.selection["implementation"] = selection.implementations.joined(separator: " ")
        }
        for override in selection.graph.overrides { options.selection[override.word] = override.text }
        if !selection.cases.isEmpty { options.selection["case"] = selection.cases.joined(separator: " ") }
        return options
    }

    private static func shard(_ text: String) throws -> Shard {
        guard let shard = Shard(text) else {
            throw ValidationError("'\(text)' is not a part; write INDEX/COUNT such as 2/8.")
        }
        return shard
    }
}

import ArgumentParser
import Foundation
import Instructions
import Measurement
import Reports
import Results
import Running
import Settings
import Suites
import Workers

/// `assay run SUITE...`
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Verifies and measures suites: a table, a run file, CSV and pictures.",
        discussion: """
            Each case runs in a process of its own: its answer is compared with the
            reference (a network layer by layer), then it is timed, and then its
            outputs must still be the same. An answer that this program has verified
            before, and that is the same bit by bit, is not compared again unless
            --verify asks for it (~/.cache/assay keeps what is known). Its record is on disk as soon as it ends,
            in Results/<machine>/<UTC time>-<suite>.jsonl; CSV, gnuplot scripts and
            pictures come to the same place under Reports/.

              assay run quick
              assay run grouped-conv --filter '@28 g32' --threads 2
              assay run --case 'matmul[m=1024,k=1024,n=1024]' --precision 0.5%
              assay run yardstick --shard 2/8     a share of it, for schedulers
              assay run yardstick --resume        go on where it was cut off
              assay run --case resnet18 --weights DIR     weights as dump wrote them, or others
            """.flowed)

    @Argument(help: "Suites, by name (as `assay list suites` has them) or path.")
    var suites: [String] = []

    @OptionGroup var selection: Selection
    @OptionGroup var weights: WeightOptions
    @OptionGroup(title: "Sampling") var sampling: SamplingArguments
    @OptionGroup(title: "Files") var folders: Folders

    @Flag(help: "List the cases that would run, and run nothing.")
    var list = false

    @Flag(help: "Go on with the newest run of the suite that was cut off; what it has is not measured again.")
    var resume = false

    @Option(help: ArgumentHelp("Only this share of the shapes.", valueName: "index/count"), transform: Self.shard)
    var shard: Shard?

    @Flag(help: "Exit with 4 if a case does not reach the precision.")
    var strict = false

    @Option(
        help: ArgumentHelp(
            "Wait until other programs are quiet before each case, at most this long in all.", valueName: "time"),
        transform: SamplingArguments.seconds)
    var waitQuiet: Double = 0

    @Flag(help: "Verify every answer, also those that were verified before with the same outputs.")
    var verify = false

    @Option(help: "How to print results.")
    var format: OutputFormat = .table

    @Flag(inversion: .prefixedNo, help: "Write CSV and pictures when the run is over.")
    var report = true

    func validate() throws {
        if suites.isEmpty && selection.cases.isEmpty {
            throw ValidationError("Name a suite, or a case with --case; `assay list` says what there is.")
        }
        if list && resume {
            throw ValidationError("--list does not know what --resume would leave out; give one of them.")
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
                    Diagnostics.say("stopped; what is done is kept: go on with --resume")
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
            throw ValidationError("'\(text)' is no share; write INDEX/COUNT such as 2/8.")
        }
        return shard
    }
}

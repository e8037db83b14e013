import ArgumentParser
import Instructions
import Measurement
import Reports
import Results
import Running
import Settings
import Suites
import Workers
import Workloads

/// `assay profile MODEL`
struct ProfileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile", abstract: "Tells where the time of a network goes, layer by layer.",
        discussion: """
            The answer is verified, then rounds with the clock read between layers and
            rounds without take turns: the sum of the first is held against the second. A
            row a layer: kernel, shape (as `assay run --case` takes it), implementation,
            time (the mean of the middle half of the rounds), share, MACs, FLOP/s,
            bytes of the least traffic, and the share of the roofline with what binds:
            the least time that FLOPs at the machine's peak (compute) or bytes from the
            caches that hold them (L1, L2, L3, memory) allow, over the time taken. Then totals by kind of layer, and the layers that together take 80 %.

            A run file, CSV and pictures are written as `assay run` does.

              assay profile mobilenet_v2
              assay profile 'resnet50[resolution=160]' --implementation openblas
              assay profile repvgg_a0 --trace trace.json     for Perfetto or Chrome
            """.flowed)

    @Argument(help: "A model, or a case by its name; parameters with defaults may be left out.")
    var model: String

    @Option(help: "The implementation; the first that the model has, where nothing is said.")
    var implementation: String?

    @Option(help: "Threads.")
    var threads: Int?

    @OptionGroup var graph: GraphOptions
    @OptionGroup var weights: WeightOptions

    @Option(
        help: ArgumentHelp("Take rounds for no longer than this (default 3s).", valueName: "time"),
        transform: SamplingArguments.seconds)
    var timeLimit: Double?

    @Option(help: "Take exactly this many rounds of each kind.")
    var samples: Int?

    @Option(
        help: ArgumentHelp("Give up after this, verifying included (default 300s).", valueName: "time"),
        transform: SamplingArguments.seconds)
    var timeout: Double = 300

    @Flag(help: "Verify the answer also if it was verified before with the same outputs.")
    var verify = false

    @Option(help: "How to print the layers.")
    var format: OutputFormat = .table

    @Option(help: ArgumentHelp("Write the layers as a trace for Perfetto or Chrome.", valueName: "file"))
    var trace: String?

    @OptionGroup(title: "Files") var folders: Folders

    @Flag(inversion: .prefixedNo, help: "Write CSV and pictures.")
    var report = true

    func validate() throws {
        try ThreadCount.check(threads)
        if trace == "" { throw ValidationError("--trace is empty; name a file, or leave it out.") }
        do {
            try options.sampling.validate()
        } catch {
            throw ValidationError("--\(error)")
        }
    }

    func run() async throws {
        try await reporting {
            _ = try InstructionSet.chosen()
            let overrides = PlanOverrides(
                implementations: [implementation].compactMap { $0 }, threads: threads, models: graph.overrides)
            let place = Place(file: "profile")
            if let kernel = Catalog.all.kernels.map({ $0.schema }).first(where: { $0.name == model }) {
                throw SuiteError(
                    "'\(model)' is a kernel, and profiles are for networks", at: place,
                    remedy: "name a model (`assay list models`), or one shape as a single layer: "
                        + "\(model)[\(kernel.example)]")
            }
            let planner = Planner(overrides: overrides)
            guard let item = try planner.cases(named: model, at: place).first else {
                throw SuiteError("'\(model)' names no case", at: place, remedy: "see `assay list`")
            }
            try graph.check([item])
            Diagnostics.warn(ofUnusual: [item])
            try MachineCheck.run(threads: [item.threads], on: .current)
            try folders.check(reports: report)
            try trace.map(Trace.check)
            let program = ProgramSources.current.identity(in: Workspace.current.root)
            for warning in program.warnings(on: .current) { Diagnostics.warning(warning) }
            var options = self.options
            options.weights = try weights.checked(for: [item])
            let session = ProfileSession(
                item: item, options: options, store: Store(folders.resultsPath), host: .current,
                executable: try Executable.path, version: Assay.version)
            let path: String
            switch try session.run(program: program, note: Diagnostics.say) {
            case .success(let written): path = written
            case .failure(let failure):
                Diagnostics.say(lines: [
                    "error: \(item.name): \(failure.message)",
                    "    assay run --case \(item.name.quotedForShell)\(weights.typed)",
                ])
                throw failure.kind == .disagrees ? Exit.disagreement : Exit.unmeasured
            }
            let run = try RunFileReader.read(path)
            guard let profile = Profile(run) else {
                throw RunError("\(path) holds no profile", remedy: "this is a bug in Assay: please report it")
            }
            try format.print(profile)
            // People read them below the table.
            if !format.isForPeople { for doubt in profile.doubts { Diagnostics.warning(doubt) } }
            Diagnostics.say(path)
            var written = true
            do {
                try trace.map { try Trace(profile).write(to: $0) }
            } catch {
                Diagnostics.error("\(error)")
                written = false
            }
            if report, try !Reporting(folders: folders).report([run]) { written = false }
            if !written { throw Exit.unmeasured }
        }
    }

    private var options: RunOptions {
        var options = RunOptions()
        options.sampling.timeLimit = timeLimit ?? options.sampling.timeLimit
        options.sampling.samples = samples
        options.timeout = timeout
        options.verify = verify
        return options
    }
}

import ArgumentParser
import Instructions
import Measurement
import Platform
import Reports
import Results
import Running
import Settings
import Workloads

/// `assay profile MODEL`
struct ProfileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile", abstract: "Tell where the time of a network goes, layer by layer.",
        discussion: """
            The answer is verified first. Then the network runs in rounds. In every other
            round the clock is read between layers. The sum of the layers is compared with
            the rounds without clock reads.

            The table has a row per layer: kernel, shape (as `assay run --case` takes
            it), implementation, time (the mean of the middle half of the rounds), share
            of the whole, MACs, FLOP/s, bytes of the least traffic, and share of the
            roofline. That is the least time that this machine allows, divided by the
            measured time, with what limits it: compute, L1, L2, L3 or memory. Below are
            totals per kind of layer, and the layers that together take 80 %.

            A run file, CSV and pictures are written as by `assay run`.

              assay profile mobilenet_v2
              assay profile 'resnet18[resolution=96]' --implementation openblas
              assay profile gat --graph cora --without fuse-messages
              assay profile mobilenet_v2 --trace trace.json    # for Perfetto or Chrome
            """.flowed)

    @Argument(help: "A model, or the name of a case. Leave out parameters with defaults if you like.")
    var model: String

    @Option(help: "Use this implementation (default: the first that the model has).")
    var implementation: String?

    @Option(help: "Use this many threads (default 1).")
    var threads: Int?

    @Option(
        name: .customLong("graph"),
        help: ArgumentHelp(
            "Run a graph network on this graph: a data set's size such as arxiv, or a Matrix Market file.",
            valueName: "graph"))
    var graphSource: String?

    @OptionGroup var graph: GraphOptions
    @OptionGroup var weights: WeightOptions

    @Option(
        help: ArgumentHelp("Take rounds for at most this long (default 3s).", valueName: "time"),
        transform: SamplingArguments.seconds)
    var timeLimit: Double?

    @Option(help: "Take exactly this many rounds of each kind.")
    var samples: Int?

    @Option(
        help: ArgumentHelp("Give up after this time, which includes verifying (default 300s).", valueName: "time"),
        transform: SamplingArguments.seconds)
    var timeout: Double = 300

    @Flag(help: "Verify the answer even if the same outputs were verified before.")
    var verify = false

    @Option(help: "Print the layers in this format.")
    var format: OutputFormat = .table

    @Option(help: ArgumentHelp("Write the layers as a trace for Perfetto or Chrome.", valueName: "file"))
    var trace: String?

    @OptionGroup(title: "Files") var folders: Folders

    @Flag(inversion: .prefixedNo, help: "Write CSV and pictures.")
    var report = true

    /// The name of the case, with the graph if one is given.
    private func name(at place: Place) throws -> String {
        guard let graphSource else { return model }
        let kind = String(model.prefix { $0 != "[" && $0 != "/" })
        let known = Catalog.all.models.first { $0.name == kind }
        guard known == nil || known?.schema.parameter("graph") != nil else {
            throw SuiteError("--graph: '\(kind)' is no graph network", at: place, remedy: "leave --graph out")
        }
        let value = graphSource.unicodeScalars.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()
        let rest = model.dropFirst(kind.count)
        return rest.hasPrefix("[") && !rest.hasPrefix("[]")
            ? "\(kind)[graph=\"\(value)\",\(rest.dropFirst())"
            : "\(kind)[graph=\"\(value)\"]\(rest.hasPrefix("[]") ? rest.dropFirst(2) : rest)"
    }

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
            guard let item = try planner.cases(named: try name(at: place), at: place).first else {
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

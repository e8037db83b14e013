import ArgumentParser
import Comparison
import Foundation
import Measurement
import Platform
import Reports
import Results
import Running
import Statistics
import Workloads

/// `assay history SUITE`
struct HistoryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show a suite's latencies over commits, and where they changed.",
        discussion: """
            The history has all runs of the suite under Results/ that are of one machine
            (that of the newest run, or --machine) and were measured with the same
            options. Runs of one commit count as one. Commits stand in git's order. A
            commit that git does not know, after a rebase or in a shallow clone, stands
            beside the commits measured before and after it.

              assay history quick
              assay history quick --filter 'conv2d.*native' --format markdown
              assay history quick --measure main~5..main    # run missing commits first

            A step is a lasting change that stands out from the noise. It takes at least
            two commits on either side. A single commit that is off is an outlier. Judge
            the newest commit with `assay compare`.
            """.flowed)

    @Argument(help: "A suite that was run at several commits.")
    var suite: String

    @Option(
        help: ArgumentHelp(
            "Show runs of this machine, by its short name (default: that of the newest run).", valueName: "id"))
    var machine: String?

    @OptionGroup var filter: FilterOptions

    @Option(
        help: ArgumentHelp(
            "First build and run the suite at the commits of this range that have no run yet.", valueName: "range"))
    var measure: String?

    @Option(help: ArgumentHelp("Keep builds in this folder (default ~/.cache/assay).", valueName: "dir"))
    var cache: String?

    @Option(help: "Print the history in this format.")
    var format: OutputFormat = .table

    @OptionGroup(title: "Files") var folders: Folders

    @Flag(inversion: .prefixedNo, help: "Write CSV and pictures.")
    var report = true

    func run() async throws {
        try await reporting {
            if let measure {
                try folders.check(reports: report)
                try measureCommits(measure)
            }
            let chosen = try choose()
            for sentence in chosen.leftOut { Diagnostics.say(sentence) }
            let (runs, areAll) = read(chosen.chosen)
            guard let whole = History(runs, order: order(of: runs)), let path = chosen.chosen.last?.path else {
                throw Exit.unmeasured
            }
            if let sentence = whole.wantOfOrder { Diagnostics.warning(sentence) }
            let history = whole.keeping(
                try filter.choose(from: whole.series, listing: "assay history \(suite)") { ($0.case, $0.label) })
            try format.print(history)
            if let sentence = history.wantOfCommits { Diagnostics.say(sentence) }
            if report, history.commits.count < 2 {
                Diagnostics.say("no picture: a line over commits needs two, and there is one")
            }
            let written = !report || Reporting(folders: folders).report(history, of: path)
            if !areAll || !written { throw Exit.unmeasured }
        }
    }

    /// In git's order; empty if git refuses, after a line that says why.
    private func order(of runs: [Run]) -> [String] {
        do {
            return try openRepository().order(of: runs.compactMap(\.header.commit?.hash))
        } catch {
            Diagnostics.say("the order of commits is not known: \(error)")
            return []
        }
    }

    private func openRepository() throws -> Repository {
        try Repository(
            at: FileManager.default.currentDirectoryPath, cache: BuildCache(cache ?? BuildCache.standard),
            interrupted: { Interrupt.requested })
    }

    /// One after the other, oldest first. What is measured stays, whatever becomes of the rest.
    private func measureCommits(_ range: String) throws {
        Interrupt.install()
        let repository = try openRepository()
        let commits = try repository.commits(in: range)
        guard try commits.contains(where: { try repository.suites(of: $0).contains(suite) }) else {
            let known = try commits.last.map(repository.suites(of:)) ?? []
            throw ComparisonError.usage(
                "no commit of '\(range)' has a suite '\(suite)'", remedy: Spelling.suggestion(for: suite, among: known))
        }
        let builder = try ProgramBuilder(repository: repository, interrupted: { Interrupt.requested })
        let machine = Machine(reading: SystemView.current).id
        let known = try Store(folders.resultsPath).files().compactMap { try? RunFileReader.header(of: $0) }.filter {
            $0.suite.name == suite && $0.machine.id == machine
        }.compactMap { $0.commit?.dirty == false ? $0.commit?.hash : nil }
        for revision in commits where !known.contains(revision.commit.hash) {
            do {
                try CommitRunner(builder: builder, results: folders.resultsPath).run(
                    suite, at: revision, listener: BuildConsole.listener)
            } catch let error as ComparisonError where !error.isUsage {
                Diagnostics.warning("left out: \(error)")
            } catch let error as RunError {
                Diagnostics.warning("left out: \(error)")
            }
        }
    }

    private func choose() throws -> HistoryRuns {
        var candidates: [HistoryRuns.Candidate] = []
        for path in try Store(folders.resultsPath).files() {
            do {
                candidates.append(.init(path: path, header: try RunFileReader.header(of: path)))
            } catch {
                Diagnostics.warning("\(error)")
            }
        }
        do {
            return try HistoryRuns(of: candidates, suite: suite, machine: machine)
        } catch .noRun(let suite, let known) {
            throw SuiteError(
                "there is no run of '\(suite)' in \(folders.resultsPath)", at: Place(file: "history"),
                remedy: known.isEmpty
                    ? "run a suite first: assay run quick" : Spelling.suggestion(for: suite, among: known))
        } catch .noCommit(let suite) {
            throw SuiteError(
                "no run of '\(suite)' says its commit", at: Place(file: "history"),
                remedy: "run it inside a git repository")
        } catch .noMachine(let machine, let known) {
            throw SuiteError(
                "there is no run of '\(suite)' on a machine '\(machine)'", at: Place(file: "--machine"),
                remedy: Spelling.suggestion(for: machine, among: known))
        }
    }

    /// A file that cannot be read does not keep the others from being read.
    private func read(_ chosen: [HistoryRuns.Candidate]) -> (runs: [Run], areAll: Bool) {
        let runs = chosen.compactMap { candidate -> Run? in
            do {
                let run = try RunFileReader.read(candidate.path)
                for problem in run.problems { Diagnostics.warning("\(problem)") }
                return run
            } catch {
                Diagnostics.error("\(error)")
                return nil
            }
        }
        return (runs, runs.count == chosen.count)
    }
}

extension History {
    /// Which commits stand where git did not put them; nil if there is none, or nothing to put in order.
    fileprivate var wantOfOrder: String? {
        guard !placedByTime.isEmpty, commits.count > 1 else { return nil }
        guard placedByTime.count < commits.count else {
            return "git knows none of these commits: their order is that of their first runs"
        }
        let names = placedByTime.prefix(5).joined(separator: ", ") + (placedByTime.count > 5 ? ", ..." : "")
        let count = "\(placedByTime.count) of \(commits.count) commits (\(names))"
        let (they, them) = placedByTime.count == 1 ? ("it stands", "it") : ("they stand", "them")
        return "git does not know \(count): \(they) beside the commits measured before and after \(them)"
    }

    /// Why no step could be found, if there are too few commits.
    fileprivate var wantOfCommits: String? {
        let most = series.map(\.points.count).max() ?? 0
        guard most < Steps.leastCount else { return nil }
        return "steps need \(Steps.leastCount) commits with a figure, and there \(most == 1 ? "is" : "are") \(most)"
    }
}

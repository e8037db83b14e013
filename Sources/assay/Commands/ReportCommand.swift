import ArgumentParser
import Comparison
import Foundation
import Platform
import Reports
import Results

/// `assay report [RUN...]`
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Make CSV, gnuplot scripts and pictures again from run files.",
        discussion: """
            The default is the newest run file of each suite under Results/. Run files of
            one suite (shards, several machines) make one report. Files of comparisons
            (Results/*/comparisons/*.jsonl) make reports too. To draw one picture again,
            type `gnuplot NAME.gp` in its folder.

              assay report
              assay report Results/example/*.jsonl --to example-report
              assay report --filter 'conv2d|depthwise'    # only these cases
            """.flowed)

    @Argument(help: ArgumentHelp("Run files.", valueName: "run"))
    var paths: [String] = []

    @Option(name: .customLong("to"), help: ArgumentHelp("Write into this folder.", valueName: "dir"))
    var folder: String?

    @OptionGroup var filter: FilterOptions
    @OptionGroup var folders: Folders

    func validate() throws {
        if folder == "" { throw ValidationError("--to is empty; name a folder, or leave it out.") }
    }

    func run() async throws {
        try await reporting {
            var written = true
            var paths = paths
            if paths.isEmpty {
                let newest = try Store(folders.resultsPath).newestOfEachSuite()
                for problem in newest.problems { Diagnostics.warning("\(problem)") }
                paths = newest.paths
            }
            guard !paths.isEmpty else {
                throw FileError(
                    folders.resultsPath, "there are no run files", remedy: "run a suite first: assay run quick")
            }
            var runs: [Run] = []
            var comparisons: [(judgement: Judgement, path: String)] = []
            var seen: Set<String> = []
            // A file named twice would count twice.
            for path in paths where seen.insert(URL(fileURLWithPath: path).resolvingSymlinksInPath().path).inserted {
                do {
                    if ComparisonFile.isOne(path) {
                        let comparison = try ComparisonFile.read(path)
                        for problem in comparison.problems { Diagnostics.warning("\(problem)") }
                        comparisons.append((Judgement(comparison), path))
                        continue
                    }
                    let run = try RunFileReader.read(path)
                    for problem in run.problems { Diagnostics.warning("\(problem)") }
                    if let sentence = run.missingCases { Diagnostics.warning(sentence) }
                    runs.append(run)
                } catch {
                    // One file that is none does not take the others with it.
                    Diagnostics.error("\(error)")
                    written = false
                }
            }
            try choose(from: &runs, &comparisons)
            let reporting = Reporting(folders: folders, folder: folder)
            for comparison in comparisons where !reporting.report(comparison.judgement, of: comparison.path) {
                written = false
            }
            if try !reporting.report(runs) { written = false }
            if !written { throw Exit.unmeasured }
        }
    }
}

extension ReportCommand {
    /// Leaves the cases that were asked for.
    private func choose(from runs: inout [Run], _ comparisons: inout [(judgement: Judgement, path: String)]) throws {
        guard !filter.isEmpty else { return }
        let measured = runs.flatMap(\.records).map { (name: $0.case, label: $0.label) }
        let compared = comparisons.flatMap(\.judgement.cases).map { (name: $0.item.name, label: $0.item.label) }
        let chosen = Set(
            try filter.choose(from: measured + compared, by: { $0 }).map { [$0.name, $0.label] })
        for index in runs.indices {
            runs[index].records.removeAll { !chosen.contains([$0.case, $0.label]) }
            // Plots of what was left out are not missed.
            runs[index].header.options.merge(filter.recorded) { $1 }
        }
        for index in comparisons.indices {
            comparisons[index].judgement.keep { chosen.contains([$0.item.name, $0.item.label]) }
        }
        runs.removeAll(where: \.records.isEmpty)
        comparisons.removeAll(where: \.judgement.cases.isEmpty)
    }
}

/// Writes the reports of runs, one folder per suite, and says what was written.
struct Reporting {
    let folders: Folders
    var folder: String?

    /// Returns whether everything could be written.
    func report(_ runs: [Run]) throws -> Bool {
        var complete = true
        var suites: [(name: String, runs: [Run])] = []
        for run in runs {
            if let index = suites.firstIndex(where: { $0.name == run.header.suite.name }) {
                suites[index].runs.append(run)
            } else {
                suites.append((run.header.suite.name, [run]))
            }
        }
        for suite in suites {
            let target = path(for: suite.runs, named: suite.name, of: suites.count)
            if !tell(ReportWriter(folder: target).write(suite.runs), target: target) { complete = false }
        }
        return complete
    }

    /// Writes the report of a comparison beside those of runs, named after its file; one of run files, which has none, after
    /// both of them. Whether everything could be written.
    func report(_ judgement: Judgement, of path: String?) -> Bool {
        let names = judgement.header.sides.names
        let name =
            path.map { URL(fileURLWithPath: $0).deletingPathExtension().lastPathComponent }
            ?? Store.fileName("\(names.base)-to-\(names.head)")
        let target = folder ?? "\(folders.reportsPath)/\(judgement.header.machine.id)/\(ComparisonFile.folder)/\(name)"
        return tell(ReportWriter(folder: target).write(ComparisonReport(judgement)), target: target)
    }

    /// Writes the report of a history beside those of the runs it is of; `path` is one of them. Whether everything could be
    /// written.
    func report(_ history: History, of path: String) -> Bool {
        let target = "\(folders.reportsPath)/\(Self.machine(of: path))/history-\(Store.fileName(history.suite))"
        return tell(ReportWriter(folder: target).write(history), target: target)
    }

    /// Says what was written and what could not be; whether all could.
    private func tell(_ outcome: ReportWriter.Outcome, target: String) -> Bool {
        if folder == nil { ReportWriter.tidy((target as NSString).deletingLastPathComponent) }
        for note in outcome.notes { Diagnostics.say("no plot: \(note.message)") }
        for problem in outcome.problems { Diagnostics.error("\(problem)") }
        if !outcome.removed.isEmpty {
            let count = outcome.removed.count
            Diagnostics.say("removed \(count) file\(count == 1 ? "" : "s") of an earlier report in \(target)")
        }
        if !outcome.written.isEmpty {
            Diagnostics.say("\(target): \(outcome.written.count) file\(outcome.written.count == 1 ? "" : "s")")
        }
        return outcome.problems.isEmpty
    }

    /// Where the run file is under Results, its report is under Reports.
    private func path(for runs: [Run], named suite: String, of suites: Int) -> String {
        if let folder { return suites == 1 ? folder : "\(folder)/\(Store.fileName(suite))" }
        let newest = runs.max { $0.id < $1.id } ?? runs[0]
        return "\(folders.reportsPath)/\(Self.machine(of: newest.path))/\(newest.id)"
    }

    /// The folder of a run file.
    private static func machine(of path: String) -> String {
        URL(fileURLWithPath: path).deletingLastPathComponent().lastPathComponent
    }
}

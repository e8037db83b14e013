import Comparison
import Foundation
import Measurement
import Platform
import Reports
import Results
import Running

/// Compares two programs: what `compare` and `selftest` share. The file of rounds is on disk as they are played.
struct ComparisonRunner {
    let arguments: ComparisonArguments
    let options: ComparisonOptions
    let contenders: Both<Contender>
    let programs: Both<ComparedProgram>
    /// By name, or by path.
    let suites: [String]

    /// The outcome.
    struct Outcome {
        let judgement: Judgement
        /// The file that was written; nil if nothing was measured.
        let path: String?
        /// Whether all of the files could be read, to their ends.
        let isWhole: Bool
        let wasInterrupted: Bool
    }

    /// The suites, and of their cases those that were asked for.
    private func matchedCases() throws -> (suites: [ComparisonHeader.Suite], cases: [ComparedCase]) {
        let matching = CaseMatching(
            contenders: contenders,
            stranger: {
                try Contender(executable: Executable.path, folder: Workspace.current.root, name: "this program")
            }, interrupted: { Interrupt.requested })
        var (titles, found): ([ComparisonHeader.Suite], [ComparedCase]) = ([], [])
        for suite in suites {
            let matched = try matching.cases(of: suite, threads: arguments.threads)
            titles.append(ComparisonHeader.Suite(name: Self.name(of: suite), title: matched.title))
            found += matched.cases.map { item in
                var item = item
                item.suite = Self.name(of: suite)
                return item
            }
        }
        if !arguments.cases.isEmpty {
            let named = try matching.cases(named: arguments.cases)
            titles.append(ComparisonHeader.Suite(name: "case", title: named.title))
            found += named.cases
        }
        let cases = try arguments.chosen(found)
        do throws(PatternError) {
            if options.slowdown > 0 { _ = try options.slowedFilter().choose(from: cases) { ($0.name, $0.label) } }
        } catch {
            throw ComparisonError.usage(
                "--slow: \(error.message)", remedy: error.remedy ?? "see `assay show SUITE` for names and labels")
        }
        return (titles, cases)
    }

    /// Prints the cases that would be compared.
    func list() throws {
        try arguments.format.print(CaseListReport(try matchedCases().cases))
    }

    func run() throws -> Outcome {
        let host = SystemView.current
        for warning in FitnessCatalog.warnings(on: host) { Diagnostics.warning(warning) }
        let (titles, cases) = try matchedCases()
        try MachineCheck.run(threads: cases.map(\.threads), pin: options.pin, on: host)
        let machine = Machine(reading: host)
        let header = ComparisonHeader(
            started: Date().iso8601, assay: Assay.version, suites: titles, sides: programs, options: options,
            machine: machine, environment: EnvironmentVariables.relevant(in: host.environment),
            warnings: FitnessCatalog.warnings(on: host))
        let writer = try Store(arguments.folders.resultsPath).createLines(
            machine: machine.id, folder: ComparisonFile.folder, named: titles.map(\.name).joined(separator: "-"))
        try writer.append(ComparisonLine.header(header))
        for item in cases { try writer.append(ComparisonLine.case(item)) }
        let ending = try play(cases, host: host, writer: writer)
        if case .done(let end) = ending { try writer.append(ComparisonLine.end(end)) }
        let comparison = try ComparisonFile.read(writer.path)
        for problem in comparison.problems { Diagnostics.warning("\(problem)") }
        return Outcome(
            judgement: Judgement(comparison), path: writer.path, isWhole: comparison.problems.isEmpty,
            wasInterrupted: ending == .interrupted)
    }

    private func play(
        _ cases: [ComparedCase], host: SystemView, writer: LineWriter
    ) throws -> ComparisonSession.Ending {
        let session = ComparisonSession(
            cases: cases, contenders: contenders, options: options,
            memoryAvailable: { MemoryBudget.available(host.files) }, interrupted: { Interrupt.requested })
        let console = ComparisonConsole(cases: cases)
        defer { console.clear() }
        return try session.run { event in
            switch event {
            case .round(let round): try writer.append(ComparisonLine.round(round))
            case .outcome(let index, let outcome): try writer.append(ComparisonLine.outcome(index, outcome))
            case .code(let index, let code): try writer.append(ComparisonLine.code(index, code))
            case .began, .scarce: break
            }
            console.listen(event)
        }
    }

    /// Prints the judgement, and writes its report beside others. Returns whether all could be written.
    static func present(_ judgement: Judgement, of path: String?, arguments: ComparisonArguments) throws -> Bool {
        try arguments.format.print(ComparisonReport(judgement))
        if let path { Diagnostics.say(path) }
        // All that was measured is on disk: a signal need not wait for pictures.
        if !Interrupt.requested { Interrupt.stopListening() }
        guard arguments.report else { return true }
        return Reporting(folders: arguments.folders).report(judgement, of: path)
    }

    private static func name(of suite: String) -> String {
        URL(fileURLWithPath: suite).deletingPathExtension().lastPathComponent
    }
}

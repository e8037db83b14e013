import ArgumentParser
import Comparison
import Foundation
import Platform
import Reports
import Results
import Running

/// `assay compare BASE [HEAD] [SUITE]`
struct CompareCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Tell whether anything got slower between two commits, and how sure that is.",
        discussion: """
            BASE and HEAD are revisions of this repository as git names them, or `.` for
            the working tree as it is. The default of HEAD is the commit HEAD, the
            default of SUITE is quick. Each side reads its own copy of the suite.

            Each revision is built once, in release mode, in a checkout under the cache.
            Builds are kept, and a new one compiles only what differs from the last.
            Your repository is only read. Then both programs take turns, case by case,
            in rounds of fresh processes, until every interval is narrow enough or the
            budget is used up.

              assay compare main~1 main
              assay compare main . grouped-conv --filter '@28' --budget 2m
              assay compare main~1 . --suite quick --format markdown
              assay compare a.jsonl b.jsonl    # two run files

            A case is `slower` or `faster` if its time differs by more than the margin,
            with 95 % confidence for the whole suite. It is `same` if its interval lies
            within the margin. It is `moved` if its time differs but everything that it
            calls is the same machine code at other addresses. Otherwise it is
            `inconclusive`, and the table says how many rounds would tell. Memory,
            allocations, MACs, parameters and packed bytes are compared too.

            Exit codes: 0 nothing got worse; 1 something did; 2 an answer of HEAD is
            wrong; 3 something could not be measured, built or read; 4 inconclusive,
            with --strict; 64 wrong usage.
            """.flowed)

    @Argument(help: ArgumentHelp("BASE [HEAD] [SUITE ...], or two run files.", valueName: "base"))
    var words: [String]

    @Option(
        name: .customLong("suite"), parsing: .singleValue, help: "Compare this suite, by name or path. Can be repeated."
    )
    var suites: [String] = []

    @OptionGroup var arguments: ComparisonArguments

    @Option(help: ArgumentHelp("Keep builds in this folder (default ~/.cache/assay).", valueName: "dir"))
    var cache: String?

    @Option(help: "Link each side this many times, each time in another order, and measure all links (default 1).")
    var layouts: Int = 1

    @Flag(help: "Exit with 4 if a case is inconclusive.")
    var strict = false

    func validate() throws {
        guard (1...Layout.most).contains(layouts) else {
            throw ValidationError("--layouts is \(layouts); write a whole number from 1 to \(Layout.most).")
        }
        if arguments.list && words.contains(where: Self.isRunFile) {
            throw ValidationError("--list is for revisions: two run files are not measured.")
        }
    }

    private var options: ComparisonOptions {
        var options = arguments.options
        if layouts > 1 { options.layouts = layouts }
        return options
    }

    func run() async throws {
        try await reporting {
            if words.contains(where: Self.isRunFile) { return try finish(try compareRuns()) }
            if !arguments.list { try arguments.folders.check(reports: arguments.report) }
            Interrupt.install()
            let repository = try Repository(
                at: FileManager.default.currentDirectoryPath, cache: BuildCache(cache ?? BuildCache.standard),
                interrupted: { Interrupt.requested })
            let asked = try ComparisonWords(words, suites: suites, in: repository)
            let revisions = try asked.revisions.map { try repository.resolve($0) }
            let wanted = arguments.suites(asked.suites)
            try ComparisonPreview(
                arguments: arguments, repository: repository, revisions: [revisions.base, revisions.head]
            ).check(wanted)
            let builder = try ProgramBuilder(repository: repository, interrupted: { Interrupt.requested })
            let listener = BuildConsole.listener
            let links = try revisions.map { revision in
                try (0..<layouts).map { try builder.program(of: revision, layout: Layout($0), listener: listener) }
            }
            let built = links.map { $0[0] }
            if built.base.key == built.head.key {
                Diagnostics.say("both sides are built from the same sources: any difference is not the program's")
            }
            let contenders = try Both { side in
                try Contender(
                    executable: built[side].executable, others: links[side].dropFirst().map(\.executable),
                    folder: built[side].folder, name: revisions[side].text,
                    interrupted: { Interrupt.requested })
            }
            if !contenders.base.takesTurns || !contenders.head.takesTurns {
                Diagnostics.say("one side is too old to take turns: whole processes run one after the other")
            }
            let runner = ComparisonRunner(
                arguments: arguments, options: options, contenders: contenders,
                programs: Both { side in
                    ComparedProgram(
                        revision: revisions[side].text, commit: revisions[side].commit,
                        subject: revisions[side].subject, build: built[side].key,
                        protocolVersion: contenders[side].version)
                }, suites: wanted)
            if arguments.list { return try runner.list() }
            try finish(try runner.run())
        }
    }

    private static func isRunFile(_ word: String) -> Bool { word.hasSuffix(".jsonl") }

    private func compareRuns() throws -> ComparisonRunner.Outcome {
        guard words.count == 2, words.allSatisfy(Self.isRunFile) else {
            throw ComparisonError.usage(
                "run files come in pairs: base and head", remedy: "name two files that 'assay run' wrote")
        }
        guard suites.isEmpty, layouts == 1 else {
            throw ComparisonError.usage(
                "\(suites.isEmpty ? "--layouts" : "--suite") is for revisions, not for run files",
                remedy: "choose cases with --case, --filter and --implementation")
        }
        guard Set(words.map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path }).count == 2 else {
            throw ComparisonError.usage(
                "both sides are the same file, \(words[0])", remedy: "name two files that 'assay run' wrote")
        }
        let runs = try Both { try RunFileReader.read(words[$0 == .base ? 0 : 1]) }
        if let sentence = RunComparison.sameProgram(runs) { Diagnostics.warning(sentence) }
        for run in [runs.base, runs.head] {
            for problem in run.problems { Diagnostics.warning("\(problem)") }
        }
        var judgement = RunComparison.judgement(of: runs, options: arguments.options)
        let cases = try Set(arguments.chosen(named(judgement.cases.map(\.item))).map(\.name))
        judgement.keep { cases.contains($0.item.name) }
        return ComparisonRunner.Outcome(
            judgement: judgement, path: nil,
            isWhole: [runs.base, runs.head].allSatisfy { $0.problems.isEmpty && $0.end != nil }, wasInterrupted: false)
    }

    /// Of the cases in run files those that --case names, whole or with what has a default left out; all where it names none.
    private func named(_ cases: [ComparedCase]) throws -> [ComparedCase] {
        guard !arguments.cases.isEmpty else { return cases }
        let planner = Planner()
        let wanted = try arguments.cases.map { text in
            let names = [text] + ((try? planner.cases(named: text)) ?? []).map(\.name)
            guard cases.contains(where: { names.contains($0.name) }) else {
                throw ComparisonError.usage(
                    "neither run file has a case '\(text)'", remedy: "copy a name from the CSV of `assay report FILE`")
            }
            return names
        }.joined()
        return cases.filter { wanted.contains($0.name) }
    }

    private func finish(_ outcome: ComparisonRunner.Outcome) throws {
        let judgement = outcome.judgement
        let written = try ComparisonRunner.present(judgement, of: outcome.path, arguments: arguments)
        if outcome.wasInterrupted {
            Diagnostics.say("stopped; the rounds played so far are kept")
            Interrupt.endProcess()
        }
        let failures = judgement.cases.compactMap { item -> SideFailure? in
            if case .failed(let failure) = item.outcome { failure } else { nil }
        }
        if failures.contains(where: { $0.side == .head && $0.failure.kind == .disagrees }) { throw Exit.disagreement }
        if judgement.cases.contains(where: \.isRegression) { throw Exit.regression }
        let compared = judgement.cases.contains { $0.time != nil }
        let incomparable = judgement.cases.contains { if case .incomparable = $0.outcome { true } else { false } }
        if !failures.isEmpty || incomparable || !written || !compared { throw Exit.unmeasured }
        if !outcome.isWhole {
            Diagnostics.error("a file is damaged or was cut off: a case that is missing may have become worse")
            throw Exit.unmeasured
        }
        if strict, judgement.count(.inconclusive) > 0 { throw Exit.inconclusive }
    }
}

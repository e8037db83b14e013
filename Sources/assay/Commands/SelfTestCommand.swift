import ArgumentParser
import Comparison
import Foundation
import Platform
import Reports
import Results
import Running

/// `assay selftest [SUITE]`
struct SelfTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "selftest",
        abstract: "Compare this program with itself: false alarms, and the least change that would be seen.",
        discussion: """
            Both sides are this program. So every difference that the comparison finds is
            a false alarm, and every interval should contain 1. For each case the table
            says the least change that its rounds would have shown.

              assay selftest quick --budget 2m

            --slowdown adds work to one side, as much as takes that share of a call. The
            chosen cases should be called slower, and no others.

              assay selftest quick --slowdown 5% --slow 'grouped g32' --times 10

            --placebo builds the working tree and links it several times, each time in
            another order. No link should be called slower or faster than the first.

              assay selftest quick --placebo --layouts 5

            Exit codes: 0 no false alarm, and every slowdown found; 1 otherwise; 3
            something could not be measured; 4 every verdict is inconclusive; 64 wrong
            usage.
            """.flowed)

    @Argument(help: "Suites, by name or path (default quick).")
    var suites: [String] = []

    @OptionGroup var arguments: ComparisonArguments

    @Option(
        help: ArgumentHelp("Add work to one side, this share of the time per call.", valueName: "share"),
        transform: ComparisonArguments.share)
    var slowdown: Double?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "With --slowdown: slow only cases that match this regular expression, as in --filter. Can be repeated.",
            valueName: "pattern"))
    var slow: [String] = []

    @Option(help: "Compare this many times and pool the figures.")
    var times: Int = 1

    @Flag(help: "Compare links of this working tree in other orders: the same code at other addresses.")
    var placebo = false

    @Option(help: "With --placebo: try this many other orders (default 5).")
    var layouts: Int?

    @Option(
        help: ArgumentHelp("With --placebo: keep builds in this folder (default ~/.cache/assay).", valueName: "dir"))
    var cache: String?

    func validate() throws {
        if let layouts, !(1..<Layout.most).contains(layouts) {
            throw ValidationError("--layouts is \(layouts); write a whole number from 1 to \(Layout.most - 1).")
        }
        if !placebo && (layouts != nil || cache != nil) {
            throw ValidationError("--layouts and --cache need --placebo.")
        }
        guard (1...1000).contains(times) else {
            throw ValidationError("--times is \(times); write a whole number from 1 to 1000.")
        }
        if !slow.isEmpty && slowdown == nil { throw ValidationError("--slow needs --slowdown, which says how much.") }
        do {
            _ = try CaseFilter(slow)
        } catch {
            throw ValidationError("--slow: \(error.message); \(error.remedy ?? "")")
        }
    }

    func run() async throws {
        try await reporting {
            if !arguments.list { try arguments.folders.check(reports: arguments.report) }
            Interrupt.install()
            let contests = try placebo ? layoutsOfTree() : [thisProgram()]
            var judgements: [Judgement] = []
            var written = true
            comparisons: for (place, contest) in contests.enumerated() {
                for number in 0..<times {
                    var options = arguments.options
                    options.seed &+= UInt64(judgements.count)
                    options.slowdown = slowdown ?? 0
                    options.slowedCases = slow.isEmpty ? nil : slow
                    let runner = ComparisonRunner(
                        arguments: arguments, options: options, contenders: contest.contenders,
                        programs: contest.programs, suites: arguments.suites(suites))
                    if arguments.list { return try runner.list() }
                    let outcome = try runner.run()
                    judgements.append(outcome.judgement)
                    let report = SelfTestReport(SelfTest([outcome.judgement]))
                    let count = "\(place * times + number + 1) of \(contests.count * times)"
                    Diagnostics.say(lines: ["\(count): \(report.sentence)"] + [outcome.path].compactMap { $0 })
                    for reason in ComparisonReport(outcome.judgement).reasons { Diagnostics.say("  \(reason)") }
                    if arguments.report {
                        written =
                            Reporting(folders: arguments.folders).report(outcome.judgement, of: outcome.path) && written
                    }
                    if outcome.wasInterrupted { break comparisons }
                }
            }
            let test = SelfTest(judgements)
            try arguments.format.print(SelfTestReport(test))
            if Interrupt.requested { Interrupt.endProcess() }
            if test.falseAlarms > 0 || test.found.slower < test.found.of { throw Exit.regression }
            if !written || test.unmeasured > 0 { throw Exit.unmeasured }
            if !test.tells { throw Exit.inconclusive }
        }
    }

    /// Two programs that should be the same.
    private struct Contest {
        let contenders: Both<Contender>
        let programs: Both<ComparedProgram>
    }

    private func thisProgram() throws -> Contest {
        let contender = try Contender(
            executable: try Executable.path, folder: Workspace.current.root, name: "this program",
            interrupted: { Interrupt.requested })
        let program = ComparedProgram(
            revision: "this program", commit: ProgramSources.current.identity(in: Workspace.current.root).commit,
            subject: "", build: "", protocolVersion: contender.version)
        return Contest(
            contenders: Both(base: contender, head: contender), programs: Both(base: program, head: program))
    }

    /// The working tree as it is, linked in the order of the compiler, against each other order.
    private func layoutsOfTree() throws -> [Contest] {
        let repository = try Repository(
            at: FileManager.default.currentDirectoryPath, cache: BuildCache(cache ?? BuildCache.standard),
            interrupted: { Interrupt.requested })
        let revision = try repository.resolve(Revision.workingTree)
        try ComparisonPreview(arguments: arguments, repository: repository, revisions: [revision])
            .check(arguments.suites(suites))
        let builder = try ProgramBuilder(repository: repository, interrupted: { Interrupt.requested })
        let listener = BuildConsole.listener
        let links = try (0...(layouts ?? 5)).map { number in
            let name = number == 0 ? "as compiled" : "order \(number)"
            let built = try builder.program(of: revision, layout: Layout(number), listener: listener)
            let contender = try Contender(
                executable: built.executable, folder: built.folder, name: name, interrupted: { Interrupt.requested })
            let program = ComparedProgram(
                revision: name, commit: revision.commit, subject: revision.subject, build: built.key,
                protocolVersion: contender.version)
            return (contender, program)
        }
        return links.dropFirst().map { link in
            Contest(
                contenders: Both(base: links[0].0, head: link.0), programs: Both(base: links[0].1, head: link.1))
        }
    }
}

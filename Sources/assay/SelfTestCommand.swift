import ArgumentParser
import Comparison
import Foundation
import Reports
import Results
import Running
import Suites
import Workers

/// `assay selftest [SUITE]`
struct SelfTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "selftest", abstract: "Compares this program with itself: false alarms, and what could be seen.",
        discussion: """
            Both sides are this very program, so every difference that a comparison
            finds is a false alarm, and every interval should hold 1. For each case it
            says the least change that the rounds played would have shown.

              assay selftest quick --budget 2m
              assay selftest quick --slowdown 5% --slow 'grouped g32' --times 10

            --slowdown adds work to one side, as much as takes that share of the time of
            a call: then it should be found, and nothing else.

            Exit codes: 0 no false alarm, and every slowdown found; 1 otherwise; 3
            something could not be measured; 64 usage.
            """)

    @Argument(help: "Suites, by name or path (default quick).")
    var suites: [String] = []

    @OptionGroup var arguments: ComparisonArguments

    @Option(
        help: ArgumentHelp("Add work to one side: this share of the time of a call.", valueName: "share"),
        transform: ComparisonArguments.share)
    var slowdown: Double?

    @Option(help: ArgumentHelp("Only in cases whose name or label holds these words.", valueName: "filter"))
    var slow: String?

    @Option(help: "Compare so often, for pooled figures.")
    var times: Int = 1

    func validate() throws {
        guard (1...1000).contains(times) else {
            throw ValidationError("--times is \(times); write a whole number from 1 to 1000.")
        }
        if slow != nil && slowdown == nil { throw ValidationError("--slow says where; --slowdown says how much.") }
    }

    func run() async throws {
        try await reporting {
            Interrupt.install()
            let path = try Executable.path
            let contender = try Contender(
                executable: path, folder: Workspace.current.root, name: "this program",
                interrupted: { Interrupt.requested })
            let commit = await ProgramSources.current.identity(in: Workspace.current.root).commit
            let program = ComparedProgram(
                revision: "this program", commit: commit, subject: "", build: "", protocolVersion: contender.version)
            var judgements: [Judgement] = []
            var written = true
            for number in 0..<times {
                var options = arguments.options
                options.seed &+= UInt64(number)
                options.slowdown = slowdown ?? 0
                options.slowed = slow
                let outcome = try ComparisonRunner(
                    arguments: arguments, options: options, contenders: Both(base: contender, head: contender),
                    programs: Both(base: program, head: program), suites: arguments.suites(suites)
                ).run()
                judgements.append(outcome.judgement)
                let report = SelfTestReport(SelfTest([outcome.judgement]))
                Diagnostics.say("\(number + 1) of \(times): \(report.sentence)\n\(outcome.path)")
                if arguments.report {
                    written =
                        Reporting(folders: arguments.folders).report(outcome.judgement, of: outcome.path) && written
                }
                if outcome.wasInterrupted { break }
            }
            let test = SelfTest(judgements)
            try arguments.format.print(SelfTestReport(test))
            if Interrupt.requested { Interrupt.endProcess() }
            if test.falseAlarms > 0 || test.found.slower < test.found.of { throw Exit.regression }
            if !written || test.judgements.allSatisfy({ test.findings(of: $0).isEmpty }) { throw Exit.unmeasured }
        }
    }
}

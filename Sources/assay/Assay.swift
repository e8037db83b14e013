import ArgumentParser
import Platform
import Results
import Workers

/// The program.
@main
struct Assay: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "assay",
        abstract:
            "Benchmark deep-learning kernels and networks on CPU: exact costs, checked answers, latency and memory.",
        discussion: """
            A suite is a YAML file under Suites/ that lists kernels and models.

              assay list                    # which suites, kernels and models are there
              assay show quick              # count MACs, parameters and bytes of a suite
              assay run quick               # measure it: table, run file, CSV, pictures
              assay compare main~1 main     # did anything get slower
              assay profile mobilenet_v2    # where does the time of a network go
              assay report                  # make CSV and pictures again from run files
              assay doctor                  # is this machine fit to measure on
              assay selftest                # what can comparisons see here
              assay check FOLDER            # do kernels give the answers of other libraries

            The name of a case has its shape, implementation, element type and threads:
            matmul[m=64,k=64,n=64]/openblas/f32/t1. When you type it, you may leave out
            parameters with defaults and parts at the end: --case 'matmul[m=64,k=64,n=64]'.

            Exit codes: 0 done; 1 something got worse; 2 an implementation disagrees
            with its reference; 3 something could not be measured (crash, timeout,
            memory), built or written; 4 inconclusive, with --strict; 64 wrong usage or
            a bad suite file.
            """.flowed,
        version: version,
        subcommands: [
            ListCommand.self, ShowCommand.self, RunCommand.self, CompareCommand.self, HistoryCommand.self,
            ProfileCommand.self, ReportCommand.self, DumpCommand.self, DoctorCommand.self, SelfTestCommand.self,
            CheckCommand.self, WorkerCommand.self,
        ] + forTests)

    #if MUTANTS
        private static let forTests: [any ParsableCommand.Type] = [MutantsCommand.self]
    #else
        private static let forTests: [any ParsableCommand.Type] = []
    #endif

    static func main() async {
        StandardStreams.open()
        // A worker's parent has looked, and every case has a worker of its own.
        if CommandLine.arguments.dropFirst().first != Worker.command { Limits.check() }
        do {
            var command = try await asyncParseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            let code = exitCode(for: error)
            let message = fullMessage(for: error)
            // Help is a result. What is wrong with a command line is said with the words that were typed.
            if code.isSuccess {
                StandardStreams.print(message)
                if StandardStreams.hasFailed() { exit(withError: Exit.unmeasured) }
            } else if !message.isEmpty {
                StandardStreams.tell(message.plainLines + "\n")
            }
            exit(withError: code)
        }
    }
}

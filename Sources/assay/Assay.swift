import ArgumentParser
import Results
import Workers

/// The program: parse, validate, run.
@main
struct Assay: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "assay",
        abstract:
            "Benchmarks deep-learning kernels and networks on CPU: exact costs, checked answers, latency and memory.",
        discussion: """
            A suite is a YAML file under Suites/ that lists kernels and models. The usual way:

              assay list          what suites and kernels there are
              assay show quick    what a suite costs: MACs, parameters, bytes
              assay run quick     measure it; results, CSV and pictures
              assay compare main~1 main   did anything get slower, and how sure is that
              assay profile mobilenet_v2   where the time of a network goes
              assay report        the CSV and the pictures again, from run files
              assay doctor        is this machine fit to measure on
              assay selftest      the program against itself: what comparisons can see here

            A case is named by its shape, implementation and threads, as in
            matmul[m=64,k=64,n=64]/openblas/f32/t1. What has a default may be left
            out when typed: --case 'matmul[m=64,k=64,n=64]'.

            Exit codes: 0 done; 1 something got worse; 2 an implementation disagrees
            with its reference; 3 something could not be measured (crash, timeout,
            memory), built or written; 4 inconclusive, where --strict asks; 64 usage,
            or a bad suite file.
            """.flowed,
        version: version,
        subcommands: [
            ListCommand.self, ShowCommand.self, RunCommand.self, CompareCommand.self, HistoryCommand.self,
            ProfileCommand.self, ReportCommand.self, DumpCommand.self, DoctorCommand.self, SelfTestCommand.self,
            WorkerCommand.self,
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

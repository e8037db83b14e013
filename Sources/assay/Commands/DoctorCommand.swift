import ArgumentParser
import Measurement
import Reports
import Results

/// `assay doctor`
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say what would spoil a measurement here, and measure the machine's ceilings.",
        discussion: """
            Doctor changes nothing. A setting that cannot be read on this machine is
            shown as unknown. The ceilings are the most that any kernel can reach:
            multiply-adds in registers per vector width, and reads per level of the
            memory hierarchy.
            """.flowed)

    @Option(help: "Measure ceilings on this many threads too. One thread and all processors are always measured.")
    var threads: Int?

    @Option(help: "Print the findings in this format.")
    var format: OutputFormat = .table

    func validate() throws {
        try ThreadCount.check(threads)
    }

    func run() async throws {
        try await reporting {
            let system = SystemView.current
            let machine = Machine(reading: system)
            let findings = FitnessCatalog.findings(on: system)
            let counts = Set([1, machine.processors] + [threads].compactMap { $0 }).sorted()
            let probe = CeilingsProbe(executable: try Executable.path)
            Diagnostics.say("measuring the machine's ceilings")
            guard let ceilings = try probe.measure(threads: counts, note: Diagnostics.warning) else {
                throw Exit.unmeasured
            }
            try format.print(
                DoctorReport(
                    machine: machine, findings: findings, ceilings: ceilings,
                    best: Store(Workspace.current.results).ceilings(machine: machine.id)))
            for doubt in ceilings.doubts { Diagnostics.warning(doubt) }
        }
    }
}

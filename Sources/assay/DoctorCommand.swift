import ArgumentParser
import Measurement
import Reports
import Results
import Running
import Suites

/// `assay doctor`
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Says what would spoil a measurement here, and measures the machine's ceilings.",
        discussion: """
            Changes nothing. What cannot be read on this machine is said to be unknown.
            The ceilings are the most that any kernel can reach: multiply-adds in
            registers by vector width, and reads by level of the memory hierarchy.
            """)

    @Option(help: "Measure ceilings on this many threads too; one and all processors are always measured.")
    var threads: Int?

    func validate() throws {
        if let threads, !(1...Case.mostThreads).contains(threads) {
            throw ValidationError("--threads is \(threads); write a whole number from 1 to \(Case.mostThreads).")
        }
    }

    func run() async throws {
        try await reporting {
            let system = SystemView.current
            let machine = Machine(reading: system)
            print("\(machine.id): \(machine.processor), \(machine.processors) processors, \(machine.kernel)")
            print()
            printFitness(of: system)
            print()
            let counts = Set([1, machine.processors] + [threads].compactMap { $0 }).sorted()
            let probe = CeilingsProbe(executable: try Executable.path)
            guard let ceilings = try probe.measure(threads: counts, note: Diagnostics.warning) else {
                throw Exit.unmeasured
            }
            print(arithmetic(ceilings).rendered())
            print(bandwidth(ceilings).rendered())
            print("an empty call takes \(Format.seconds(ceilings.callSeconds)) in the harness")
        }
    }

    /// A line a check, and below it what to do.
    private func printFitness(of system: SystemView) {
        let findings = FitnessCatalog.findings(on: system)
        let width = Finding.Status.allCases.map(\.rawValue.count).max() ?? 0
        for (check, finding) in findings {
            let status = finding.status.rawValue
            print(status + String(repeating: " ", count: width - status.count) + "  \(check.title): \(finding.found)")
            if let remedy = finding.remedy { print(String(repeating: " ", count: width + 2) + "-> \(remedy)") }
        }
    }

    private func arithmetic(_ ceilings: Ceilings) -> Table {
        Table(
            columns: [.left("multiply-adds"), .right("bits"), .right("threads"), .right("fp32")],
            rows: ceilings.arithmetic.map {
                [$0.instructionSet, String($0.width), String($0.threads), Format.scaled($0.flops, unit: "FLOP/s")]
            })
    }

    private func bandwidth(_ ceilings: Ceilings) -> Table {
        Table(
            columns: [.left("reads"), .right("a thread's block"), .right("threads"), .right("in all")],
            rows: ceilings.bandwidth.map {
                [
                    $0.level, Format.bytes(Double($0.block)), String($0.threads),
                    Format.scaled($0.bytesPerSecond, unit: "B/s"),
                ]
            })
    }
}

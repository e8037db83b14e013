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
            let best = Store(Workspace.current.results).ceilings(machine: machine.id)
            print(arithmetic(ceilings, best: best).rendered())
            print(bandwidth(ceilings, best: best).rendered())
            for doubt in ceilings.doubts { Diagnostics.warning(doubt) }
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

    /// Beside what is measured now stands the best that any run on this machine has seen.
    private func arithmetic(_ ceilings: Ceilings, best: Ceilings?) -> Table {
        Table(
            columns: [
                .left("multiply-adds"), .right("bits"), .right("threads"), .right("fp32"), .right("best so far"),
            ],
            rows: ceilings.arithmetic.map { now in
                let seen = best?.arithmetic.first {
                    $0.instructionSet == now.instructionSet && $0.threads == now.threads
                }
                return [
                    now.instructionSet, String(now.width), String(now.threads),
                    Format.scaled(now.flops, unit: "FLOP/s"),
                    seen.map { Format.scaled($0.flops, unit: "FLOP/s") } ?? "",
                ]
            })
    }

    private func bandwidth(_ ceilings: Ceilings, best: Ceilings?) -> Table {
        Table(
            columns: [
                .left("reads"), .right("block per thread"), .right("threads"), .right("in all"), .right("best so far"),
            ],
            rows: ceilings.bandwidth.map { now in
                let seen = best?.bandwidth.first { $0.level == now.level && $0.threads == now.threads }
                return [
                    now.level, Format.bytes(Double(now.block)), String(now.threads),
                    Format.scaled(now.bytesPerSecond, unit: "B/s"),
                    seen.map { Format.scaled($0.bytesPerSecond, unit: "B/s") } ?? "",
                ]
            })
    }
}

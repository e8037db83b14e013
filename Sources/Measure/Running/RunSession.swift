import Foundation
import Measurement
import Platform
import Results
import Settings

/// Runs one suite: header, ceilings, one record per case, end. Each line is on disk as soon as it is known.
package struct RunSession {
    package let plan: Plan
    package let options: RunOptions
    let store: Store
    let host: SystemView
    let executable: String
    /// Assay's own version.
    let version: String

    package init(plan: Plan, options: RunOptions, store: Store, host: SystemView, executable: String, version: String) {
        self.plan = plan
        self.options = options
        self.store = store
        self.host = host
        self.executable = executable
        self.version = version
    }

    /// The result of a session.
    package struct Outcome: Sendable {
        package let path: String
        /// The number of cases to measure.
        package let planned: Int
        package let summary: RunSummary
    }

    /// Runs the cases that are not on disk yet.
    ///
    /// Throws if the run file cannot be written, or if the run to continue had other options. What was measured before
    /// is in the run file.
    package func run(
        program: ProgramSources.Identity, note: @escaping (String) -> Void, listener: (RunEvent) throws -> Void
    ) throws
        -> Outcome
    {
        var cases = options.shard.map { $0.share(of: plan.cases) } ?? plan.cases
        let machine = Machine(reading: host)
        let header = RunHeader(
            suite: plan.suite, program: program, machine: machine, host: host, version: version,
            options: options.identity(of: executable), planned: cases.count)
        let writer: RunFileWriter
        var earlier: [Record] = []
        var known: Ceilings?
        let quiet = QuietWait(host: host, budget: options.waitQuiet, interrupted: { Interrupt.requested })
        if options.resume, let (continued, run) = try continued(header, machine: machine, note: note) {
            writer = continued
            earlier = run.records
            known = run.ceilings
            let done = Set(earlier.map(\.case))
            cases.removeAll { done.contains($0.name) }
        } else {
            writer = try store.create(machine: machine.id, suite: plan.suite.name)
            do {
                try writer.append(.header(header))
            } catch {
                // A file without a header is not a run, and would only disturb reports.
                unlink(writer.path)
                throw error
            }
            if !cases.isEmpty {
                quiet.wait(note: note)
                known = try ceilings(for: cases, machine: machine, note: note)
                if let known { try writer.append(.ceilings(known)) }
            }
        }
        let answers = options.answers(of: executable)
        let summary = try runner(machine: machine, answers: answers, quiet: quiet, note: note).run(cases) { event in
            if case .ended(let record, _) = event { try writer.append(.record(record)) }
            try listener(event)
        }
        answers?.prune()
        if !summary.interrupted {
            // Measure again: the machine may have been disturbed at the start, and a resumed run may have no ceilings.
            if summary.wallSeconds > Self.shortRun || known == nil, !plan.cases.isEmpty,
                let ceilings = try ceilings(for: plan.cases, machine: machine, note: note), ceilings != known
            {
                try writer.append(.ceilings(ceilings))
            }
            var whole = summary
            for record in earlier { whole.add(record) }
            let end = RunEnd(
                wallSeconds: summary.wallSeconds, measured: whole.measured, skipped: whole.skipped,
                failed: whole.failed)
            try writer.append(.end(end))
        }
        return Outcome(path: writer.path, planned: cases.count, summary: summary)
    }

    /// Seconds after which the machine may have changed since the ceilings were measured.
    private static let shortRun = 10.0

    private func runner(
        machine: Machine, answers: AnswerCache?, quiet: QuietWait, note: @escaping (String) -> Void
    ) -> Runner {
        // If no cache is known, assume 64 MiB, more than most have.
        let cache = options.cold ? machine.lastLevelCache ?? 64 << 20 : nil
        let executor = ProcessExecutor(
            executable: executable, sampling: options.sampling, coldBeyond: cache,
            pinsThreads: options.pin, timeout: options.timeout, answers: answers, weights: options.weights?.path)
        return Runner(
            executor: executor, memoryAvailable: { [files = host.files] in MemoryBudget.available(files) },
            coldBeyond: cache, interrupted: { Interrupt.requested }, beforeCase: { quiet.wait(note: note) })
    }

    /// The run to continue and its file; nil to begin a new one.
    private func continued(_ header: RunHeader, machine: Machine, note: (String) -> Void) throws -> (
        RunFileWriter, Run
    )? {
        switch try store.resumption(of: header, machine: machine.id) {
        case .found(let found):
            let writer = try RunFileWriter(resuming: found.path)
            // Read it again now that nobody else writes it: the previous writer may just have ended.
            let run = try RunFileReader.read(found.path)
            guard run.end == nil else { fallthrough }
            note("continuing \(run.path), which has \(run.records.count) of \(header.planned) cases")
            return (writer, run)
        case .none:
            note("nothing to resume: no run of '\(plan.suite.name)' was cut off; beginning a new one")
            return nil
        case .differs(let run, let differences):
            throw SuiteError(
                "\(run.path) cannot be continued: \(differences.joined(separator: "; "))", at: Place(file: "--resume"),
                remedy: "use the same options as that run, or leave out --resume")
        }
    }

    /// The best ceilings of this machine, including those measured now. They are measured in a separate process:
    /// otherwise the blocks it reads would be this process's memory peak.
    private func ceilings(for cases: [Case], machine: Machine, note: (String) -> Void) throws -> Ceilings? {
        let threads = Set(cases.map(\.threads) + [1, host.processors.count])
        let probe = CeilingsProbe(executable: executable, interrupted: { Interrupt.requested })
        return try probe.best(threads: threads, of: machine, in: store, note: note)
    }
}

import Platform
import Results
import Workers

/// Asks a worker to measure the machine's ceilings.
package struct CeilingsProbe {
    let executable: String
    let interrupted: () -> Bool
    /// In seconds. Measuring takes two if nothing else runs, and up to ten on a busy machine.
    private static let timeLimit = 240.0

    package init(executable: String, interrupted: @escaping () -> Bool = { false }) {
        self.executable = executable
        self.interrupted = interrupted
    }

    /// The ceilings; nil if the user wants to stop, or, after a note, if they could not be measured.
    package func measure(threads: [Int], note: (String) -> Void) throws -> Ceilings? {
        #if MUTANTS
            // A program with faults runs once per fault, and its speed does not matter.
            return nil
        #else
            return try ceilings(threads: threads, note: note)
        #endif
    }

    /// The best ceilings of a machine so far, including those measured now, for these numbers of threads.
    package func best(
        threads: Set<Int>, of machine: Machine, in store: Store, note: (String) -> Void
    ) throws -> Ceilings? {
        try measure(threads: threads.sorted(), note: note)
            .map { store.keep($0, machine: machine.id).limited(to: threads) }
    }

    private func ceilings(threads: [Int], note: (String) -> Void) throws -> Ceilings? {
        let worker = Worker(executable: executable, threads: 1)
        let reply = try worker.ask(.ceilings(threads: threads), timeLimit: Self.timeLimit, interrupted: interrupted)
        if case .ceilings(let ceilings) = reply.result { return ceilings }
        if reply.end == .interrupted { return nil }
        note("the machine's ceilings could not be measured: \(reply.death.message)")
        return nil
    }
}

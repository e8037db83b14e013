import Platform
import Results
import Workers

/// Asks a worker for the machine's ceilings.
package struct CeilingsProbe {
    let executable: String
    let interrupted: () -> Bool
    /// Seconds; it takes two if nothing else runs, and up to ten if much does.
    private static let timeLimit = 240.0

    package init(executable: String, interrupted: @escaping () -> Bool = { false }) {
        self.executable = executable
        self.interrupted = interrupted
    }

    /// The ceilings. Nil, after a note, if they could not be measured; nil if the user wants to stop.
    package func measure(threads: [Int], note: (String) -> Void) throws -> Ceilings? {
        #if MUTANTS
            // A program with faults runs once for each of them, and nobody asks how fast.
            return nil
        #else
            return try ceilings(threads: threads, note: note)
        #endif
    }

    /// The best ceilings of a machine so far, those measured now among them, for these numbers of threads.
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

import Results
import Workers

/// Asks a worker for the machine's ceilings.
package struct CeilingsProbe {
    let executable: String
    /// Seconds; it takes about two.
    private static let timeLimit = 60.0

    package init(executable: String) { self.executable = executable }

    /// The ceilings, or nil, after a note, where they could not be measured.
    package func measure(threads: [Int], note: (String) -> Void) throws -> Ceilings? {
        let worker = Worker(executable: executable, threads: 1)
        let reply = try worker.ask(.ceilings(threads: threads), timeLimit: Self.timeLimit)
        if case .ceilings(let ceilings) = reply.result { return ceilings }
        note("the machine's ceilings could not be measured: \(reply.death.message)")
        return nil
    }
}

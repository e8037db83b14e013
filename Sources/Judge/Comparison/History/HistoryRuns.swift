import Results

/// Selects the run files for one history: those of one suite and one machine, with a known commit, measured alike.
package struct HistoryRuns: Sendable, Hashable {
    /// A run file with its header, before its records are read.
    package struct Candidate: Sendable, Hashable {
        package let path: String
        package let header: RunHeader

        package init(path: String, header: RunHeader) {
            self.path = path
            self.header = header
        }
    }

    /// Oldest first; never empty.
    package let chosen: [Candidate]
    /// What was left out and why, one sentence each.
    package let leftOut: [String]

    /// - Parameter machine: the machine's short name; nil for that of the newest run.
    package init(of candidates: [Candidate], suite: String, machine: String? = nil) throws(HistoryError) {
        let ofSuite = candidates.filter { $0.header.suite.name == suite }.sorted {
            ($0.header.started, $0.path) < ($1.header.started, $1.path)
        }
        var parts = Parts(ofSuite)
        guard !parts.kept.isEmpty else {
            throw .noRun(suite: suite, known: Set(candidates.map(\.header.suite.name)).sorted())
        }
        parts.keep {
            $0.commit != nil
        } saying: { _ in
            "without a known commit"
        }
        guard let newest = parts.kept.last else { throw .noCommit(suite: suite) }
        let chosenMachine = machine ?? newest.header.machine.id
        let machines = Set(parts.kept.map(\.header.machine.id)).sorted()
        guard machines.contains(chosenMachine) else { throw .noMachine(chosenMachine, known: machines) }
        parts.keep {
            $0.machine.id == chosenMachine
        } saying: {
            "of another machine, \($0.machine.id)"
        }
        if let conditions = parts.kept.last?.header.conditions {
            parts.keep {
                $0.conditions == conditions
            } saying: {
                "measured differently from the newest: " + $0.conditions.differences(from: conditions)
            }
        }
        (chosen, leftOut) = (parts.kept, parts.leftOut)
    }

    private struct Parts {
        var kept: [Candidate]
        var leftOut: [String] = []

        init(_ candidates: [Candidate]) { kept = candidates }

        /// Leaves out the runs that do not match, with one sentence per reason.
        mutating func keep(_ holds: (RunHeader) -> Bool, saying reason: (RunHeader) -> String) {
            let out = kept.filter { !holds($0.header) }
            kept.removeAll { !holds($0.header) }
            for (text, runs) in Dictionary(grouping: out, by: { reason($0.header) }).sorted(by: { $0.key < $1.key }) {
                leftOut.append("left out: \(runs.count) run\(runs.count == 1 ? "" : "s") \(text)")
            }
        }
    }
}

/// Why a history is not possible.
package enum HistoryError: Error, Sendable, Hashable {
    /// There is no run of the suite; the listed suites have runs.
    case noRun(suite: String, known: [String])
    /// There are runs of the suite, but none states its commit.
    case noCommit(suite: String)
    /// There is no run on that machine; the listed machines have runs.
    case noMachine(String, known: [String])
}

extension RunHeader {
    /// Conditions that affect figures but are not part of case names: options such as `cold`, a forced instruction set,
    /// and the kernels that the BLAS library chose.
    fileprivate var conditions: [String: String] {
        // These options decide which cases run and for how long, but do not affect a call.
        let harmless = [
            "program", "precision", "time_limit", "samples", "shard", "filter", "exclude", "case", "threads",
            "implementation",
        ]
        var conditions = options.filter { !harmless.contains($0.key) }
        conditions["instruction set"] = instructionSet
        conditions["OpenBLAS's core"] = blas.core
        return conditions
    }
}

extension [String: String] {
    /// "cold is true, not false".
    fileprivate func differences(from other: [String: String]) -> String {
        Set(keys).union(other.keys).sorted().filter { self[$0] != other[$0] }.map { key in
            "\(key) is \(self[key] ?? "not given"), not \(other[key] ?? "given")"
        }.joined(separator: "; ")
    }
}

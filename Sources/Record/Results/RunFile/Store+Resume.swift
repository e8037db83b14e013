import Platform

extension Store {
    /// The result of looking for a run to continue.
    package enum Resumption: Sendable, Hashable {
        /// The newest interrupted run that measured the same.
        case found(Run)
        /// No run of this suite was cut off on this machine.
        case none
        /// The newest interrupted run measured something else; one phrase per difference.
        case differs(Run, [String])
    }

    /// Finds the newest run without an end whose commit, suite and options match a header. Files that cannot be read
    /// are skipped, since they cannot be continued.
    package func resumption(of header: RunHeader, machine: String) throws(FileError) -> Resumption {
        var nearest: Resumption?
        for path in try files(machine: machine) {
            guard (try? RunFileReader.header(of: path))?.suite.name == header.suite.name,
                let run = try? RunFileReader.read(path), run.end == nil
            else { continue }
            let differences = header.differences(from: run.header)
            if differences.isEmpty { return .found(run) }
            nearest = nearest ?? .differs(run, differences)
        }
        return nearest ?? .none
    }
}

extension RunHeader {
    /// What keeps this run from continuing an earlier one, one phrase per difference.
    package func differences(from earlier: RunHeader) -> [String] {
        var found: [String] = []
        if commit != earlier.commit {
            found.append("the commit is \(Self.text(commit)), and was \(Self.text(earlier.commit))")
        }
        if suite.files.map(\.text) != earlier.suite.files.map(\.text) { found.append("the suite's text has changed") }
        for name in Set(options.keys).union(earlier.options.keys).sorted() where options[name] != earlier.options[name]
        {
            found.append("\(name) is \(options[name] ?? "not given"), and was \(earlier.options[name] ?? "not given")")
        }
        return found
    }

    private static func text(_ commit: Commit?) -> String {
        guard let commit else { return "unknown" }
        return commit.hash.prefix(12) + (commit.dirty ? " with changes" : "")
    }
}

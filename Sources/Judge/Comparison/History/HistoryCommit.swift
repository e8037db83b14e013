import Results

extension History {
    /// A measured commit, or changes on top of one.
    package struct Commit: Sendable, Hashable {
        package let hash: String
        /// Whether the tree had uncommitted changes.
        package let isDirty: Bool
        /// The start of its first run: UTC, ISO 8601.
        package let started: String
        package let runs: Int
        /// The software of its newest run, by name: "kernel", "toolchain".
        let software: [String: String]
        let identity: Identity

        /// `3f170a3`, `3f170a3-dirty`.
        package var name: String { hash.prefix(7) + (isDirty ? "-dirty" : "") }
    }
}

extension History.Commit {
    /// Identifies runs of the same code. With uncommitted changes the hash does not suffice: the program's fingerprint
    /// is used, or else the run itself.
    struct Identity: Sendable, Hashable {
        let hash: String
        let changes: String?

        init?(_ run: Run) {
            guard let commit = run.header.commit else { return nil }
            hash = commit.hash
            changes = commit.dirty ? run.header.options["program"] ?? run.id : nil
        }
    }

    /// One commit for all runs of the same code, by the times of their first runs. `runs` are oldest first.
    static func all(of runs: [Run]) -> [History.Commit] {
        var byIdentity: [Identity: [Run]] = [:]
        var identities: [Identity] = []
        for run in runs {
            guard let identity = Identity(run) else { continue }
            if byIdentity[identity] == nil { identities.append(identity) }
            byIdentity[identity, default: []].append(run)
        }
        return identities.map { identity in
            let runs = byIdentity[identity] ?? []
            return History.Commit(
                hash: identity.hash, isDirty: identity.changes != nil, started: runs.first?.header.started ?? "",
                runs: runs.count,
                software: (runs.last?.header.machine).map { ["kernel": $0.kernel, "toolchain": $0.toolchain] } ?? [:],
                identity: identity)
        }
    }
}

import Results

extension History {
    /// A commit that was measured, or changes on top of one.
    package struct Commit: Sendable, Hashable {
        package let hash: String
        /// Whether the tree held changes that no commit has.
        package let isDirty: Bool
        /// Of its first run: UTC, ISO 8601.
        package let started: String
        package let runs: Int
        /// What its newest run ran on, by name: "the kernel", "the toolchain".
        let software: [String: String]
        let identity: Identity

        /// `3f170a3`, `3f170a3-dirty`.
        package var name: String { hash.prefix(7) + (isDirty ? "-dirty" : "") }
    }
}

extension History.Commit {
    /// What makes two runs runs of the same code. Of a commit with changes the hash does not say it: the program does, or
    /// else nothing but the run itself.
    struct Identity: Sendable, Hashable {
        let hash: String
        let changes: String?

        init?(_ run: Run) {
            guard let commit = run.header.commit else { return nil }
            hash = commit.hash
            changes = commit.dirty ? run.header.options["program"] ?? run.id : nil
        }
    }

    /// A commit for all runs of the same code, by the times of their first runs. `runs` are oldest first.
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

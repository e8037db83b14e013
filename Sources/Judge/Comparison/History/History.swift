import Results

/// The figures of one suite on one machine over commits.
package struct History: Sendable, Hashable {
    package let suite: String
    package let title: String
    /// The machine's short name.
    package let machine: String
    package let processor: String
    /// Oldest first.
    package let commits: [Commit]
    /// One per case, in the order of the newest run, followed by cases that it does not have.
    package private(set) var series: [Series]
    package let sharedSteps: [SharedStep]
    /// Software updates between a commit and the one before.
    package let updates: [Update]
    /// Names of commits that git does not know, ordered by the times of their runs.
    package let placedByTime: [String]

    /// An update of the kernel or toolchain, with the first commit measured after it.
    package struct Update: Sendable, Hashable {
        package let commit: Int
        package let what: String
        package let before: String
        package let after: String
    }

    /// Fails if no run states its commit.
    /// - Parameters:
    ///   - runs: the runs of one suite and machine: see `HistoryRuns`.
    ///   - order: hashes in git's order, oldest first. Commits that git lacks are ordered by the times of their first
    ///     runs: see `CommitOrder`.
    package init?(_ runs: [Run], order: [String] = []) {
        let known = runs.filter { $0.header.commit != nil }
        let runs = known.sorted { ($0.header.started, $0.id) < ($1.header.started, $1.id) }
        guard let newest = runs.last else { return nil }
        let ordered = CommitOrder(Commit.all(of: runs), by: order)
        let commits = ordered.commits
        let places = Dictionary(uniqueKeysWithValues: commits.enumerated().map { ($1.identity, $0) })
        var records: [String: [(commit: Int, record: Record)]] = [:]
        var names: [String] = []
        for run in runs.reversed() {
            guard let place = Commit.Identity(run).flatMap({ places[$0] }) else { continue }
            for record in run.records {
                if records[record.case] == nil { names.append(record.case) }
                records[record.case, default: []].append((place, record))
            }
        }
        suite = newest.header.suite.name
        title = newest.header.suite.title
        machine = newest.machine
        processor = newest.header.machine.processor
        series = names.compactMap { Series(records[$0] ?? []) }
        sharedSteps = SharedStep.found(in: series)
        self.commits = commits
        updates = zip(commits, commits.dropFirst()).enumerated().flatMap { place, pair in
            pair.1.software.keys.sorted().compactMap { what in
                guard let before = pair.0.software[what], let after = pair.1.software[what], before != after else {
                    return nil
                }
                return Update(commit: place + 1, what: what, before: before, after: after)
            }
        }
        placedByTime = ordered.unknown.map(\.name)
    }

    /// The same with fewer cases. The steps that most cases share stay those of all cases.
    package func keeping(_ series: [Series]) -> History {
        var history = self
        history.series = series
        return history
    }
}

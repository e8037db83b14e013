import Results

/// The figures of one suite on one machine over commits.
package struct History: Sendable, Hashable {
    package let suite: String
    package let title: String
    /// Its short name.
    package let machine: String
    package let processor: String
    /// Oldest first.
    package let commits: [Commit]
    /// One per case, in the order of the newest run. Cases that it does not have follow.
    package private(set) var series: [Series]
    package let sharedSteps: [SharedStep]
    /// Updates of the software between a commit and the one before, by the number of the commit.
    package let updates: [Update]
    /// Names of the commits that git does not know: they stand where the times of their runs put them.
    package let placedByTime: [String]

    /// The first commit that was measured with another kernel or toolchain.
    package struct Update: Sendable, Hashable {
        package let commit: Int
        package let what: String
        package let before: String
        package let after: String
    }

    /// Fails if no run says of which commit it is.
    /// - Parameters:
    ///   - runs: of one suite and machine: see `HistoryRuns`.
    ///   - order: hashes, oldest first, as git has them. For commits that it lacks, the times of their first runs decide: see
    ///     `CommitOrder`.
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

    /// The same with fewer cases. The steps that most cases share stay those of all.
    package func keeping(_ series: [Series]) -> History {
        var history = self
        history.series = series
        return history
    }
}

extension History {
    /// Orders commits as git does. Those that git does not know (rebased away, beyond the end of a shallow clone) go
    /// next to the commits that were measured before and after them.
    struct CommitOrder {
        private(set) var commits: [Commit]
        /// The commits that git does not know.
        private(set) var unknown: [Commit] = []

        /// - Parameters:
        ///   - commits: the commits by the time of their first runs.
        ///   - order: hashes in git's order, oldest first.
        init(_ commits: [Commit], by order: [String]) {
            let places = Dictionary(order.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
            guard commits.contains(where: { places[$0.hash] != nil }) else {
                (self.commits, unknown) = (commits, commits)
                return
            }
            // The sort is not stable: the index by time keeps runs of one commit apart.
            self.commits = commits.enumerated().filter { places[$0.element.hash] != nil }.sorted { a, b in
                func key(_ item: (offset: Int, element: Commit)) -> (Int, Int, Int) {
                    (places[item.element.hash] ?? 0, item.element.isDirty ? 1 : 0, item.offset)
                }
                return key(a) < key(b)
            }.map(\.element)
            for (index, commit) in commits.enumerated() where places[commit.hash] == nil {
                let before = index > 0 ? place(of: commits[index - 1]) : nil
                let after = commits[(index + 1)...].first { places[$0.hash] != nil }.flatMap { place(of: $0) }
                self.commits.insert(commit, at: Self.place(before, after))
                unknown.append(commit)
            }
        }

        private func place(of commit: Commit) -> Int? { commits.firstIndex { $0.identity == commit.identity } }

        /// The index for a commit that was measured between those at two indexes: next to the former, on the side of
        /// the latter. Commits may have been measured newest first.
        private static func place(_ before: Int?, _ after: Int?) -> Int {
            switch (before, after) {
            case (let before?, let after?): before < after ? before + 1 : before
            case (let before?, nil): before + 1
            case (nil, let after?): after
            case (nil, nil): 0
            }
        }
    }
}

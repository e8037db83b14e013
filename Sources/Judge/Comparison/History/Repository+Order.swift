import Platform

extension Repository {
    /// The hashes of the commits of all branches and tags, and of the given commits outside them, oldest first, each
    /// after its parents. Commits that git does not have are left out.
    package func order(of commits: some Sequence<String>) throws -> [String] {
        let hashes = Set(commits.filter(Self.isHash)).sorted()
        let list = try git.ask(
            ["rev-list", "--topo-order", "--reverse", "--ignore-missing", "--all", "HEAD"] + hashes + ["--"])
        return list.split(separator: "\n").map(String.init)
    }
}

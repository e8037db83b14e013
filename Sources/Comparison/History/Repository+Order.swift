extension Repository {
    /// The hashes of all commits of its branches and tags, oldest first, every commit behind its parents; nil where git
    /// cannot say.
    package func order() throws -> [String]? {
        try git.ask("rev-list", "--topo-order", "--reverse", "--all", "HEAD").map { text in
            text.split(separator: "\n").map(String.init)
        }
    }
}

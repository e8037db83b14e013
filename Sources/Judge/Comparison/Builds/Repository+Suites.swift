import Platform

extension Repository {
    /// The names of a revision's suites, by any of the revision's names.
    package func suites(at text: String) throws -> [String] {
        guard let hash = try commit(text == Revision.workingTree ? "HEAD" : text) else { return [] }
        return try suites(in: "\(hash):Suites")
    }

    /// The names of a revision's suites.
    package func suites(of revision: Revision) throws -> [String] {
        try revision.suites.map(suites(in:)) ?? []
    }

    private func suites(in tree: String) throws -> [String] {
        let files = try git.find("ls-tree", "-z", "--name-only", tree) ?? ""
        return files.split(separator: "\0").filter { $0.hasSuffix(Self.ending) && !$0.hasPrefix(".") }.map {
            String($0.dropLast(Self.ending.count))
        }
    }

    private static let ending = ".yaml"

    /// A folder whose `Suites` are those of a revision.
    package func folder(ofSuitesOf revision: Revision) throws -> String {
        try cache.folder(ofSuites: revision.suites, git: git)
    }

    /// Whether a revision's sources contain a word in quotes, as with names of kernels and parameters.
    package func sources(of revision: Revision, hold word: String) throws -> Bool {
        try git.find("grep", "--quiet", "--fixed-strings", "-e", "\"\(word)\"", revision.object, "--", "Sources") != nil
    }
}

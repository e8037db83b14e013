import Foundation

/// What a repository may hide of its working tree: files that it takes for unchanged, or that it ignores.
extension Git {
    /// Whether files below these paths are others than those of the commit that is checked out.
    package func hasChanges(below paths: [String]) throws -> Bool {
        let aside = try WorkFolder(in: NSTemporaryDirectory(), prefix: ".assay-index-")
        return try withExtendedLifetime(aside) {
            // Not by the index of the repository, which may say that it need not look at a file.
            let index = "\(aside.path)/index"
            try ask("read-tree", "HEAD", index: index)
            let status = ["status", "--porcelain", "--untracked-files=all", "--ignore-submodules=dirty", "--"]
            return try !ask(status + paths, index: index).isEmpty || !ignoredSources(index: index).isEmpty
        }
    }

    /// Files that git is told to ignore, and that the package manager compiles all the same. `provenance.sh` looks in the same
    /// way when the program is built: change both together.
    package func ignoredSources(index: String? = nil) throws -> [String] {
        try ask("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--", "Sources", index: index)
            .split(separator: "\0").map(String.init).filter { path in
                let name = path.split(separator: "/").last ?? ""
                return !name.hasPrefix(".") && ["swift", "c", "cpp", "h"].contains { path.hasSuffix(".\($0)") }
            }
    }
}

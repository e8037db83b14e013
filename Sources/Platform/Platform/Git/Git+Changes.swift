import Foundation

/// Finds changes that a repository may hide: files that it assumes unchanged, or that it ignores.
extension Git {
    /// Whether files below these paths differ from the commit that is checked out.
    package func hasChanges(below paths: [String]) throws -> Bool {
        let aside = try WorkFolder(in: NSTemporaryDirectory(), prefix: ".assay-index-")
        return try withExtendedLifetime(aside) {
            // A fresh index: that of the repository may tell git not to look at a file.
            let index = "\(aside.path)/index"
            try ask("read-tree", "HEAD", index: index)
            let status = ["status", "--porcelain", "--untracked-files=all", "--ignore-submodules=dirty", "--"]
            return try !ask(status + paths, index: index).isEmpty || !ignoredSources(index: index).isEmpty
        }
    }

    /// Files that git ignores but the package manager compiles. `provenance.sh` searches in the same way when the
    /// program is built: change both together.
    package func ignoredSources(index: String? = nil) throws -> [String] {
        try ask("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--", "Sources", index: index)
            .split(separator: "\0").map(String.init).filter { path in
                let name = path.split(separator: "/").last ?? ""
                return !name.hasPrefix(".") && ["swift", "c", "cpp", "h"].contains { path.hasSuffix(".\($0)") }
            }
    }
}

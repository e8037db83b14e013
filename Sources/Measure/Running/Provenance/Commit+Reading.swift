import Platform
import Results

extension RunHeader.Commit {
    /// The commit checked out in a folder, and whether its sources have uncommitted changes. Nil if there is no git, no
    /// repository or no commit, if git refuses, or if the folder is not the top folder of its repository.
    static func read(in folder: String) -> RunHeader.Commit? {
        guard let git = try? Git(folder: folder).withoutFilters(),
            (try? git.find("rev-parse", "--show-prefix"))?.isEmpty == true,
            let hash = try? git.find("rev-parse", "--quiet", "--verify", "HEAD")
        else { return nil }
        return RunHeader.Commit(hash: hash, dirty: (try? git.hasChanges(below: SourceTree.roots)) ?? true)
    }

    /// Whether another commit of the folder's repository has the same sources. False if git does not know one of them.
    func hasSources(of other: RunHeader.Commit, in folder: String) -> Bool {
        guard hash != other.hash else { return true }
        let git = try? Git(folder: folder).withoutFilters()
        return (try? git?.ask(["diff-tree", "--quiet", hash, other.hash, "--"] + SourceTree.roots)) != nil
    }
}

import Foundation
import Platform
import Results

/// The git repository of the revisions. It is only read; everything that must be written goes into the cache.
package struct Repository: Sendable {
    /// Git in its top folder.
    let git: Git
    let cache: BuildCache
    /// The git folder that all its worktrees share.
    let common: String
    /// Its folder of objects.
    let objects: String

    /// Throws git's message if there is no git or no readable repository.
    package init(
        at folder: String, cache: BuildCache, interrupted: @escaping @Sendable () -> Bool = { false }
    ) throws {
        let here = Git(folder: folder, interrupted: interrupted)
        do {
            let root = try here.ask("rev-parse", "--show-toplevel")
            let top = Git(folder: root, interrupted: interrupted)
            common = try top.path("--git-common-dir")
            objects = try top.path("--git-path", "objects")
            self.cache = cache
            git = try top.withoutFilters().reading(Self.snapshots(of: common, in: cache))
        } catch let error as RunError {
            throw ComparisonError.usage("'\(folder)': \(error.message)", remedy: error.remedy)
        }
    }

    private static func home(of common: String, in cache: BuildCache) -> String {
        "\(cache.trees)/\(Fingerprint.text(common.utf8))"
    }

    private static func snapshots(of common: String, in cache: BuildCache) -> String {
        "\(home(of: common, in: cache))/objects"
    }

    /// The folder in the cache for this repository.
    var home: String { Self.home(of: common, in: cache) }
    /// The folder of objects that represent working trees.
    var snapshots: String { Self.snapshots(of: common, in: cache) }

    /// Whether a text names a revision.
    package func knows(_ text: String) throws -> Bool {
        try text == Revision.workingTree || commit(text) != nil
    }

    /// Whether the working tree has uncommitted changes.
    package var isDirty: Bool {
        get throws {
            // Do not rely on the repository's own status, which may hide files.
            guard let hash = try commit("HEAD") else { return true }
            return try snapshot(over: hash) != hash
        }
    }

    /// Throws if there is no such revision, or if it is not one of Assay.
    package func resolve(_ text: String) throws -> Revision {
        let isWorkingTree = text == Revision.workingTree
        guard let hash = try commit(isWorkingTree ? "HEAD" : text) else { throw try unknown(text) }
        let object = isWorkingTree ? try snapshot(over: hash) : hash
        let entries = try entries(of: object)
        guard let manifest = entries["Package.swift"], let sources = entries["Sources"] else {
            throw ComparisonError.usage(
                "\(text) holds no program: Package.swift or Sources is missing", remedy: "choose a later revision")
        }
        return Revision(
            text: text, commit: RunHeader.Commit(hash: hash, dirty: object != hash),
            subject: try subject(of: hash), object: object, sources: "\(manifest) \(sources)",
            suites: entries["Suites"])
    }

    /// The hashes of the files and folders at the top of a commit, by name.
    private func entries(of object: String) throws -> [String: String] {
        // "MODE KIND HASH", a tab, the name.
        let lines = try git.ask("ls-tree", "-z", object).split(separator: "\0").map {
            $0.split(separator: "\t", maxSplits: 1)
        }
        let pairs = lines.filter { $0.count == 2 }.map { line in
            (String(line[1]), line[0].split(separator: " ").last.map(String.init) ?? "")
        }
        return Dictionary(pairs) { first, _ in first }
    }

    /// The hash of a commit; nil if the text does not name one.
    func commit(_ text: String) throws -> String? {
        // git would take it for an option.
        guard !text.hasPrefix("-"), !text.isEmpty else { return nil }
        // In two steps, since `:/text` takes everything that follows as text.
        guard let object = try git.find("rev-parse", "--quiet", "--verify", text), Self.isHash(object) else {
            return nil
        }
        return try git.find("rev-parse", "--quiet", "--verify", "\(object)^{commit}")
    }

    /// Rejects `^main` and ranges.
    static func isHash(_ text: String) -> Bool {
        [40, 64].contains(text.utf8.count) && text.utf8.allSatisfy { $0.isHexDigit }
    }

    /// The error for a text that names no revision.
    private func unknown(_ text: String) throws -> ComparisonError {
        if text == Revision.workingTree {
            return .usage("the working tree is not based on a commit", remedy: "commit first")
        }
        var remedy = "name a commit, branch or tag as git does, or '.'"
        if try git.find("rev-parse", "--is-shallow-repository") == "true" {
            remedy += "; git fetch --unshallow adds what this shallow clone lacks"
        }
        let plain = ComparisonError.usage("there is no revision '\(text)'", remedy: remedy)
        guard !text.hasPrefix("-"), !text.isEmpty else { return plain }
        do {
            try git.ask("rev-parse", "--verify", "\(text)")
            return plain
        } catch let error as RunError {
            // This message says no more than our own.
            guard !error.message.hasSuffix("refuses: Needed a single revision") else { return plain }
            return .usage("there is no revision '\(text)': \(error.message)", remedy: remedy)
        }
    }

    /// The first line of a commit's message.
    private func subject(of hash: String) throws -> String {
        // Not by `git log`, which may be configured to show signatures. The first line of the output names the commit.
        let lines = try git.find("rev-list", "--max-count=1", "--format=%s", hash)?.split(whereSeparator: \.isNewline)
        return lines?.dropFirst().first.map(String.init) ?? ""
    }

    /// A commit of the present working tree, including untracked files; the given commit if nothing has changed. It is
    /// stored in the cache, and the repository does not know it.
    private func snapshot(over hash: String) throws -> String {
        do {
            try FileManager.default.createDirectory(atPath: snapshots, withIntermediateDirectories: true)
        } catch { throw BuildCache.unwritable(snapshots, error) }
        let git = self.git.storing(in: snapshots, besides: objects)
        return try cache.withWorkFolder { folder in
            // Use a copy of the index: it knows which files a sparse checkout leaves out and which are unchanged.
            let index = "\(folder)/index"
            let present = try git.path("--git-path", "index")
            if (try? FileManager.default.copyItem(atPath: present, toPath: index)) == nil {
                try git.ask("read-tree", hash, index: index)
            }
            try reveal(in: index, git)
            // It exits with 1 if it has added everything but complains that an excluded folder is also ignored.
            try git.ask(
                "add", "--all", "--sparse", "--", ".", ":!Results", ":!Reports", index: index, accepting: [0, 1])
            // Files that the package manager compiles even if git ignores them.
            try inParts(git.ignoredSources(index: index)) {
                try git.ask(["add", "--force", "--sparse", "--"] + $0, index: index)
            }
            try refuseNested(in: index, git)
            let tree = try git.ask("write-tree", index: index)
            if try git.ask("rev-parse", "\(hash)^{tree}") == tree { return hash }
            return try git.ask("commit-tree", tree, "-p", hash, "-m", "The working tree")
        }
    }
}

// Finds changes of the working tree that git would hide.
extension Repository {
    /// Makes an index check files that it assumes unchanged. Files that a sparse checkout leaves out stay out.
    private func reveal(in index: String, _ git: Git) throws {
        // "h path": a lower-case letter if a file is assumed unchanged, S if a sparse checkout leaves it out.
        let files = try git.ask("ls-files", "-v", "-z", index: index).split(separator: "\0")
        func paths(_ isMeant: (Character) -> Bool) -> [String] {
            files.filter { $0.first.map(isMeant) ?? false }.map { String($0.dropFirst(2)) }
        }
        try inParts(paths(\.isLowercase)) {
            try git.ask(["update-index", "--no-assume-unchanged", "--"] + $0, index: index)
        }
        let present = paths { "Ss".contains($0) }.filter {
            (try? FileManager.default.attributesOfItem(atPath: "\(git.folder)/\($0)")) != nil
        }
        try inParts(present) { try git.ask(["update-index", "--no-skip-worktree", "--"] + $0, index: index) }
    }

    /// Splits paths into parts that fit on a command line.
    private func inParts(_ paths: [String], _ ask: ([String]) throws -> Void) throws {
        for start in stride(from: 0, to: paths.count, by: 500) { try ask(Array(paths[start...].prefix(500))) }
    }

    /// Throws if there is another repository among the sources: a commit would hold its name, but none of its files.
    private func refuseNested(in index: String, _ git: Git) throws {
        let entries = try git.ask("ls-files", "--stage", "-z", "--", "Sources", index: index).split(separator: "\0")
        guard let nested = entries.first(where: { $0.hasPrefix("160000 ") }) else { return }
        let path = nested.split(separator: "\t", maxSplits: 1).last ?? ""
        throw ComparisonError.usage(
            "the working tree cannot be built: '\(path)' is a separate repository",
            remedy: "move it out of Sources, or compare commits")
    }
}

extension UInt8 {
    fileprivate var isHexDigit: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self)
    }
}

import Foundation

/// Asks git about one repository: the only place that starts git.
///
/// Whatever the environment and the repository's configuration say: it is the repository of the folder that answers, no index
/// is written but one of our own, nothing is fetched, and no program runs that the repository names.
package struct Git: Sendable {
    package let folder: String
    package let interrupted: @Sendable () -> Bool
    /// Where new objects go; nil is the repository.
    private var store: String?
    /// Folders of objects that are read besides.
    private var borrowed: [String] = []
    /// Settings by their names in place of those of the repository.
    private var settings: [(name: String, value: String)] = []

    /// Whether the folder itself is the repository: git looks for it nowhere above.
    private var isExact = false

    /// Seconds that any of this may take.
    private static let patience = 300.0

    package init(folder: String, interrupted: @escaping @Sendable () -> Bool = { false }) {
        self.folder = folder
        self.interrupted = interrupted
    }

    /// A repository of ours, which may be damaged: then git refuses, and takes none that the folder lies in for it.
    package static func own(_ folder: String, interrupted: @escaping @Sendable () -> Bool) -> Git {
        var git = Git(folder: folder, interrupted: interrupted)
        git.isExact = true
        return git
    }

    /// The same, where filters that the repository itself configures are left out: they are programs, run when files are read
    /// into git and written out of it. Those of the user's own configuration stay.
    package func withoutFilters() throws -> Git {
        var git = self
        git.settings += try filters()
        return git
    }

    /// The same, where files are written as they are committed, whatever the configuration wants at the ends of lines.
    package func writingAsCommitted() -> Git {
        var git = self
        git.settings += [("core.autocrlf", "false"), ("core.eol", "lf")]
        return git
    }

    /// The same, where new objects go into a folder of ours.
    package func storing(in folder: String, besides repository: String) -> Git {
        var git = self
        (git.store, git.borrowed) = (folder, [repository])
        return git
    }

    /// The same, which also knows the objects in a folder.
    package func reading(_ folder: String) -> Git {
        var git = self
        git.borrowed = [folder]
        return git
    }

    /// What git answers, without the break at its end. Throws git's own words where it refuses.
    /// - Parameters:
    ///   - index: another index than the one that is worked with.
    ///   - codes: the exit codes that are no refusal.
    @discardableResult package func ask(
        _ arguments: String..., index: String? = nil, accepting codes: [Int32] = [0]
    ) throws -> String {
        try ask(arguments, index: index, accepting: codes)
    }

    /// The same.
    @discardableResult package func ask(
        _ arguments: [String], index: String? = nil, accepting codes: [Int32] = [0]
    ) throws -> String {
        let outcome = try run(arguments, index: index)
        guard case .exit(let code) = outcome.end, codes.contains(code) else {
            throw RunError(refusalOfGit: outcome, arguments)
        }
        return Self.text(outcome)
    }

    /// What git answers, or nil where it has no answer: it knows no such thing, or refuses.
    package func find(_ arguments: String..., index: String? = nil) throws -> String? {
        let outcome = try run(arguments, index: index)
        return outcome.end == .exit(0) ? Self.text(outcome) : nil
    }

    /// A path that `git rev-parse` tells, made whole: it tells some from the folder.
    package func path(_ arguments: String...) throws -> String {
        let path = try ask(["rev-parse"] + arguments)
        return path.hasPrefix("/") ? path : URL(fileURLWithPath: "\(folder)/\(path)").standardizedFileURL.path
    }

    private static func text(_ outcome: ChildProcess.Outcome) -> String {
        // Only its own break: the name of a folder may end in one.
        let hasBreak = outcome.output.last == UInt8(ascii: "\n")
        return String(decoding: outcome.output.dropLast(hasBreak ? 1 : 0), as: UTF8.self)
    }

    private func run(_ arguments: [String], index: String?) throws -> ChildProcess.Outcome {
        var environment = GitEnvironment.neutral.merging(GitEnvironment.harmless) { $1 }
        if isExact {
            environment["GIT_DIR"] = "\(folder)/.git"
            environment["GIT_WORK_TREE"] = folder
        }
        if let index { environment["GIT_INDEX_FILE"] = index }
        if let store { environment["GIT_OBJECT_DIRECTORY"] = store }
        let others = borrowed.filter { FileManager.default.fileExists(atPath: $0) }
        if !others.isEmpty {
            environment["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = others.map(AlternatePath.quoted).joined(separator: ":")
        }
        environment.merge(GitEnvironment.settings(settings)) { $1 }
        let git = ChildProcess(
            executable: "git", arguments: ["-C", folder] + GitEnvironment.options + arguments,
            environment: environment, isGuarded: true)
        let outcome = try git.run(timeLimit: Self.patience, interrupted: interrupted)
        if outcome.end == .interrupted || interrupted() { throw Interrupted() }
        return outcome
    }

    /// Settings that take the place of the filters in the repository's configuration.
    private func filters() throws -> [(name: String, value: String)] {
        let found = try find(
            "config", "-z", "--show-scope", "--get-regexp", #"^filter\..*\.(clean|smudge|process|required)$"#)
        var own: [String: String] = [:]
        var names: Set<String> = []
        // Scope, then name and value on lines of their own.
        let parts = (found ?? "").split(separator: "\0", omittingEmptySubsequences: false)
        for place in stride(from: 0, to: parts.count - 1, by: 2) {
            let (scope, setting) = (parts[place], parts[place + 1])
            let end = setting.firstIndex(of: "\n") ?? setting.endIndex
            let name = String(setting[..<end])
            if scope == "local" || scope == "worktree" {
                names.insert(name)
            } else {
                own[name] = String(setting[end...].dropFirst())
            }
        }
        return names.sorted().map { ($0, own[$0] ?? ($0.hasSuffix(".required") ? "false" : "")) }
    }
}

import Foundation

/// Asks git about one repository. Nothing else starts git.
///
/// Regardless of the environment and the configuration, git answers for the repository of `folder`, writes no index but
/// ours, fetches nothing, and runs no program that the repository names.
package struct Git: Sendable {
    package let folder: String
    package let interrupted: @Sendable () -> Bool
    /// Where new objects go; nil for the repository itself.
    private var store: String?
    /// Further folders from which objects are read.
    private var borrowed: [String] = []
    /// Settings that override those of the repository.
    private var settings: [(name: String, value: String)] = []

    /// Whether `folder` itself is the repository: git does not search its parents.
    private var isExact = false

    /// The time limit of one command, in seconds.
    private static let patience = 300.0

    package init(folder: String, interrupted: @escaping @Sendable () -> Bool = { false }) {
        self.folder = folder
        self.interrupted = interrupted
    }

    /// A repository of ours. If it is damaged, git refuses instead of using a repository that contains the folder.
    package static func own(_ folder: String, interrupted: @escaping @Sendable () -> Bool) -> Git {
        var git = Git(folder: folder, interrupted: interrupted)
        git.isExact = true
        return git
    }

    /// The same, without the filters that the repository configures: programs that git runs when it reads files in and
    /// writes them out. Filters in the user's own configuration stay.
    package func withoutFilters() throws -> Git {
        var git = self
        git.settings += try filters()
        return git
    }

    /// The same, but files are written as committed, even if the configuration converts line ends.
    package func writingAsCommitted() -> Git {
        var git = self
        git.settings += [("core.autocrlf", "false"), ("core.eol", "lf")]
        return git
    }

    /// The same, but new objects go into a folder of ours.
    package func storing(in folder: String, besides repository: String) -> Git {
        var git = self
        (git.store, git.borrowed) = (folder, [repository])
        return git
    }

    /// The same, but also reads the objects in another folder.
    package func reading(_ folder: String) -> Git {
        var git = self
        git.borrowed = [folder]
        return git
    }

    /// What git prints, without the line break at its end. Throws git's own words if it refuses.
    /// - Parameters:
    ///   - index: the index to use in place of the repository's.
    ///   - codes: the exit codes that count as success.
    @discardableResult package func ask(
        _ arguments: String..., index: String? = nil, accepting codes: [Int32] = [0]
    ) throws -> String {
        try ask(arguments, index: index, accepting: codes)
    }

    /// The same with the arguments as a list.
    @discardableResult package func ask(
        _ arguments: [String], index: String? = nil, accepting codes: [Int32] = [0]
    ) throws -> String {
        let outcome = try run(arguments, index: index)
        guard case .exit(let code) = outcome.end, codes.contains(code) else {
            throw RunError(refusalOfGit: outcome, arguments)
        }
        return Self.text(outcome)
    }

    /// What git prints, or nil if it fails.
    package func find(_ arguments: String..., index: String? = nil) throws -> String? {
        let outcome = try run(arguments, index: index)
        return outcome.end == .exit(0) ? Self.text(outcome) : nil
    }

    /// A path printed by `git rev-parse`, made absolute: git prints some relative to the folder.
    package func path(_ arguments: String...) throws -> String {
        let path = try ask(["rev-parse"] + arguments)
        return path.hasPrefix("/") ? path : URL(fileURLWithPath: "\(folder)/\(path)").standardizedFileURL.path
    }

    private static func text(_ outcome: ChildProcess.Outcome) -> String {
        // Drop only git's own line break: the name of a folder may end in one.
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

    /// Settings that override the filters in the repository's configuration.
    private func filters() throws -> [(name: String, value: String)] {
        let found = try find(
            "config", "-z", "--show-scope", "--get-regexp", #"^filter\..*\.(clean|smudge|process|required)$"#)
        var own: [String: String] = [:]
        var names: Set<String> = []
        // Each entry is a scope, then the name and the value on separate lines.
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

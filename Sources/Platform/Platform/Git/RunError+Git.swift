extension RunError {
    /// A refusal by git, in its own words.
    init(refusalOfGit outcome: ChildProcess.Outcome, _ arguments: [String]) {
        let lines = outcome.errors.split(separator: "\n").map { $0.trimmingPrefix(while: \.isWhitespace) }
        let words = Self.words(lines)
        let command = arguments.first { !$0.hasPrefix("-") } ?? ""
        let message =
            switch outcome.end {
            case .exit: words.isEmpty ? "git \(command) failed without a message" : "git refuses: \(words)"
            case .signal(let number): "git \(command) was ended by signal \(number)"
            case .timeout, .interrupted: "git \(command) took too long"
            }
        self.init(message, remedy: Self.remedy(lines))
    }

    /// What is wrong, without git's advice.
    private static func words(_ lines: [Substring]) -> String {
        let told = ["fatal: ", "error: ", "warning: "]
        let words = lines.compactMap { line in
            told.first { line.hasPrefix($0) }.map { line.dropFirst($0.count) }
        }
        return (words.isEmpty ? lines.prefix(1) : words.prefix(3)).joined(separator: "; ")
    }

    private static func remedy(_ lines: [Substring]) -> String {
        if let command = lines.first(where: { $0.hasPrefix("git config --global --add safe.directory") }) {
            return "if you trust its owner: \(command)"
        }
        let all = lines.joined(separator: "\n")
        if all.contains("not a git repository") { return "run this inside a clone of Assay" }
        if all.contains("bad config") { return "fix that line of the configuration" }
        // Objects that a partial clone would fetch, which we do not allow.
        if ["not allowed", "promisor", "lazy fetch", "unable to read"].contains(where: { all.contains($0) }) {
            return "if this is a partial clone, check the revision out once with git, which fetches what is missing"
        }
        let remedies = [
            (["No space left", "unable to write", "write error", "Disk quota"], "free some space where it writes"),
            (["ermission denied", "Read-only file system"], "check the permissions there"),
            (["work tree"], "run this in a working tree, not in a bare repository or inside .git"),
            (["not have a commit checked out"], "commit in that repository, or move it out of this one"),
            (
                ["include depth", "unable to parse", "bogus"],
                "check the configuration and the GIT_* environment variables"
            ),
            (
                ["boolean", "invalid value", "bad numeric"],
                "check the configuration and the GIT_* environment variables"
            ),
            (
                ["corrupt", "bad object", "missing", "broken", "loose object", "bad tree"],
                "run git fsck to see what is damaged"
            ),
        ]
        return remedies.first { $0.0.contains { all.contains($0) } }?.1
            ?? "see what git says in that folder: git status"
    }
}

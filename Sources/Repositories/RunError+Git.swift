import Workers

extension RunError {
    /// A refusal of git's, in its own words.
    init(refusalOfGit outcome: ChildProcess.Outcome, _ arguments: [String]) {
        let lines = outcome.errors.split(separator: "\n").map { $0.trimmingPrefix(while: \.isWhitespace) }
        let words = Self.words(lines)
        let command = arguments.first { !$0.hasPrefix("-") } ?? ""
        let message =
            switch outcome.end {
            case .exit: words.isEmpty ? "git \(command) fails and does not say why" : "git refuses: \(words)"
            case .signal(let number): "git \(command) was ended by signal \(number)"
            case .timeout, .interrupted: "git \(command) took too long"
            }
        self.init(message, remedy: Self.remedy(lines))
    }

    /// What is wrong, without what git advises.
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
        if all.contains("not a git repository") { return "do this inside a clone of Assay" }
        if all.contains("bad config") { return "mend that line of the configuration" }
        // Objects that a partial clone would fetch, which it may not when we ask.
        if ["not allowed", "promisor", "lazy fetch", "unable to read"].contains(where: { all.contains($0) }) {
            return "if this is a partial clone, check the revision out once with git, which fetches what is missing"
        }
        if all.contains("No space left") { return "free some space" }
        if all.contains("ermission denied") { return "see who may read and write there" }
        return "see that the repository is whole: git fsck"
    }
}

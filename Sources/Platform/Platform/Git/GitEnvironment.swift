import Foundation

/// Variables and options that keep git from doing more than it is asked.
package enum GitEnvironment {
    /// Removes variables that lead git to another repository than that of its folder, as set inside a hook. For git and
    /// for programs that may call it. `Sources/Record/Provenance/provenance.sh` does the same.
    package static let neutral: [String: String?] = Dictionary(
        uniqueKeysWithValues: [
            // What `git rev-parse --local-env-vars` lists, except settings, which may mark a folder as safe.
            "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY",
            "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE", "GIT_NO_REPLACE_OBJECTS",
            "GIT_REPLACE_REF_BASE", "GIT_IMPLICIT_WORK_TREE", "GIT_INTERNAL_SUPER_PREFIX", "GIT_CONFIG",
            "GIT_NAMESPACE", "GIT_QUARANTINE_PATH", "GIT_ATTR_SOURCE",
            // Variables that change the meaning of our arguments or add hooks.
            "GIT_LITERAL_PATHSPECS", "GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS",
            "GIT_DEFAULT_HASH", "GIT_TEMPLATE_DIR", "GIT_EXTERNAL_DIFF",
        ].map { ($0, String?.none) })

    /// For git alone.
    static let harmless: [String: String?] = {
        // We quote git's messages, so they must be in one language.
        var variables: [String: String?] = ["LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"]
        // A partial clone would fetch missing objects with a program that the repository names.
        variables["GIT_NO_LAZY_FETCH"] = "1"
        variables["GIT_ALLOW_PROTOCOL"] = "none"
        // A commit that only records the working tree has no author, and is the same whenever it is made.
        for role in ["AUTHOR", "COMMITTER"] {
            variables["GIT_\(role)_NAME"] = "assay"
            variables["GIT_\(role)_EMAIL"] = "assay@localhost"
            variables["GIT_\(role)_DATE"] = "2000-01-01T00:00:00Z"
        }
        return variables
    }()

    /// Options that come before every command.
    static let options: [String] =
        ["--no-pager", "--no-optional-locks", "--no-replace-objects"]
        + [
            // Programs that the repository may name.
            "core.fsmonitor=false", "core.hooksPath=/dev/null", "submodule.recurse=false",
            // A shared index file would be written next to the user's.
            "core.splitIndex=false",
            "core.safecrlf=false", "i18n.logOutputEncoding=UTF-8",
        ].flatMap { ["-c", $0] }

    /// Variables that set configuration for one call. Unlike `-c`, they accept any name.
    static func settings(_ settings: [(name: String, value: String)]) -> [String: String?] {
        guard !settings.isEmpty else { return [:] }
        let given = ProcessInfo.processInfo.environment["GIT_CONFIG_COUNT"].flatMap { Int($0) } ?? 0
        var variables: [String: String?] = ["GIT_CONFIG_COUNT": String(given + settings.count)]
        for (place, setting) in settings.enumerated() {
            variables["GIT_CONFIG_KEY_\(given + place)"] = setting.name
            variables["GIT_CONFIG_VALUE_\(given + place)"] = setting.value
        }
        return variables
    }
}

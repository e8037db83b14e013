import Foundation
import PackagePlugin

/// Writes into the program what it is built from: the commit, whether the sources had uncommitted changes, and a
/// fingerprint of the sources.
///
/// A build command, not a prebuild command. Those run only when the build is planned anew, so a program rebuilt after a
/// change would still name the old sources.
@main
struct Provenance: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
        let root = context.package.directoryURL
        let output = context.pluginWorkDirectoryURL.appending(path: "generated")
        let script = root.appending(path: "Sources/Record/Provenance/provenance.sh")
        return [
            .buildCommand(
                displayName: "Reading the commit and the sources", executable: URL(fileURLWithPath: "/bin/sh"),
                arguments: [script.path, root.path, output.path],
                inputFiles: sources(of: root) + history(of: root),
                outputFiles: [output.appending(path: "BuiltFrom.swift")])
        ]
    }

    /// All files that the fingerprint covers.
    private func sources(of root: URL) -> [URL] {
        let folder = root.appending(path: "Sources")
        let files = FileManager.default.enumerator(
            at: folder, includingPropertiesForKeys: [.isRegularFileKey], options: .skipsHiddenFiles)
        return [root.appending(path: "Package.swift")]
            + (files?.compactMap { $0 as? URL } ?? []).filter {
                (try? $0.resourceValues(forKeys: [.isRegularFileKey]))?.isRegularFile == true
            }.sorted { $0.path < $1.path }
    }

    /// The git files that every commit and every checkout write to; empty without a repository. In a linked worktree,
    /// `.git` is a file that names a folder.
    private func history(of root: URL) -> [URL] {
        var folder = root.appending(path: ".git")
        if let text = try? String(contentsOf: folder, encoding: .utf8), text.hasPrefix("gitdir: ") {
            let path = text.dropFirst("gitdir: ".count).trimmingCharacters(in: .newlines)
            folder = URL(fileURLWithPath: path, relativeTo: root)
        }
        return ["logs/HEAD", "HEAD"].map { folder.appending(path: $0) }
            .filter { FileManager.default.fileExists(atPath: $0.path) }
    }
}

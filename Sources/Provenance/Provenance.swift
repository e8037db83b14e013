import Foundation
import PackagePlugin

/// Writes into the program what it is built from: the commit, whether the sources held changes that no commit has, and a
/// fingerprint of the sources. Runs before each build; the generated file changes only if one of them did.
@main
struct Provenance: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
        let output = context.pluginWorkDirectoryURL.appending(path: "generated")
        let script = context.package.directoryURL.appending(path: "Sources/Provenance/provenance.sh")
        return [
            .prebuildCommand(
                displayName: "Reading the commit and the sources", executable: URL(fileURLWithPath: "/bin/sh"),
                arguments: [script.path, context.package.directoryURL.path, output.path],
                outputFilesDirectory: output)
        ]
    }
}

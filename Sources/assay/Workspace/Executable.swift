import Foundation
import Platform
import Running

extension ProgramSources {
    /// What this program was built from.
    static let current = ProgramSources(
        commit: BuiltFrom.commit, hasChanges: BuiltFrom.hasChanges, fingerprint: BuiltFrom.sources)
}

/// This program's file, to be started as a worker.
enum Executable {
    static var path: String {
        get throws {
            guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
                FileManager.default.isExecutableFile(atPath: path)
            else { throw RunError("the program cannot find its own file", remedy: "do not replace it while it runs") }
            return path
        }
    }
}

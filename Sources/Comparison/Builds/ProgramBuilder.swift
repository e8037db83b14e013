import Foundation
import Results
import Workers

/// Makes programs of revisions: a worktree of its own for each, built in release mode, once.
package struct ProgramBuilder: Sendable {
    let repository: Repository
    let cache: BuildCache
    /// The compiler, as it names itself.
    private let toolchain: String
    let interrupted: @Sendable () -> Bool

    /// Besides the mode. The linker leaves in the program what tells addresses in code from code: see `ProgramCode`. It is
    /// the toolchain's own: gold ends with an internal error where it is asked for that.
    private static let flags = ["-Xswiftc", "-use-ld=lld", "-Xlinker", "--emit-relocs"]
    /// Seconds that a build may take.
    private static let patience = 7200.0

    package init(
        repository: Repository, cache: BuildCache, interrupted: @escaping @Sendable () -> Bool = { false }
    ) throws {
        self.repository = repository
        self.cache = cache
        self.interrupted = interrupted
        let swift = ChildProcess(executable: "swift", arguments: ["--version"])
        guard let outcome = try? swift.run(timeLimit: 60), outcome.end == .exit(0) else {
            throw ComparisonError.failure(
                "there is no Swift to build with: 'swift --version' fails",
                remedy: "install the toolchain, or put it into PATH")
        }
        toolchain = String(decoding: outcome.output, as: UTF8.self)
    }

    /// A program that was built, and what it is known by.
    package struct Program: Sendable {
        package let executable: String
        /// The folder with the revision's own `Suites`.
        package let folder: String
        /// Of the sources, the toolchain and the flags.
        package let key: String
    }

    /// The program of a revision: from the cache, or built now. `note` hears of what takes long.
    package func program(of revision: Revision, note: (String) -> Void) throws -> Program {
        let parts = [revision.sources, toolchain, Self.flags.joined(separator: " ")]
        let key = Fingerprint.text(parts.joined(separator: "\n").utf8)
        let executable = try cache.program(key) ?? build(revision, key: key, note: note)
        let folder = try cache.folder(ofSuites: revision.suites, git: repository.git)
        return Program(executable: executable, folder: folder, key: key)
    }

    private func build(_ revision: Revision, key: String, note: (String) -> Void) throws -> String {
        note("building \(revision.text) (\(revision.commit.hash.prefix(9))): some minutes, once")
        let start = Date()
        return try cache.withWorktree(of: revision, repository.git) { tree, workshop in
            let scratch = "\(workshop)/build"
            let arguments = [
                "build", "-c", "release", "--product", "assay", "--package-path", tree, "--scratch-path", scratch,
            ]
            // It starts compilers: they are to end with it.
            let swift = ChildProcess(executable: "swift", arguments: arguments + Self.flags, leadsGroup: true)
            let outcome = try swift.run(timeLimit: Self.patience, interrupted: interrupted)
            switch outcome.end {
            case .exit(0): break
            case .interrupted: throw Interrupted()
            default:
                let output = String(decoding: outcome.output, as: UTF8.self) + outcome.errors
                throw ComparisonError.failure(
                    "\(revision.text) (\(revision.commit.hash.prefix(9))) does not build:\n\(Self.lastLines(of: output))\n",
                    remedy: "choose a revision that builds here, with \(toolchain.split(separator: "\n").first ?? "")")
            }
            let built = try cache.keep("\(scratch)/release/assay", as: key)
            note(String(format: "built %@ in %.0f s", revision.text, Date().timeIntervalSince(start)))
            return built
        }
    }

    /// The last of what the compiler and the linker wrote, without what only says how far they are.
    private static func lastLines(of output: String) -> String {
        output.split(separator: "\n").filter { !$0.hasPrefix("[") && !$0.hasPrefix("Building for") }
            .suffix(12).map { "    \($0.prefix(400))" }.joined(separator: "\n")
    }
}

import Foundation
import Platform
import Results

/// Builds the programs of revisions, each only once, in release mode.
package struct ProgramBuilder: Sendable {
    let repository: Repository
    let tree: BuildTree
    /// The compiler's description of itself.
    private let toolchain: String
    let interrupted: @Sendable () -> Bool

    /// Flags in addition to the build mode.
    private static let flags =
        kept + aligned.flatMap { ["-Xswiftc", $0] }
        + ["-Xcc", "-falign-functions=64", "-Xlinker", "-z", "-Xlinker", "separate-code"]

    /// Makes the linker keep the information that tells addresses in code from code: see `ProgramCode`. We use the
    /// toolchain's own linker, since gold fails with an internal error for this option.
    private static let kept = ["-Xswiftc", "-use-ld=lld", "-Xlinker", "--emit-relocs"]

    /// As in Package.swift, for revisions that lack it: functions and innermost loops begin at lines of 64 bytes, all
    /// code at a page. Otherwise a change would move the code behind it within its lines, and so change its time.
    private static let aligned: [String] = {
        var flags = ["-Xllvm", "-align-all-functions=6"]
        #if arch(x86_64)
            flags += ["-Xllvm", "-x86-experimental-pref-innermost-loop-alignment=6"]
        #endif
        return flags
    }()

    /// The time limit of a build in seconds.
    private static let patience = 7200.0

    package init(repository: Repository, interrupted: @escaping @Sendable () -> Bool = { false }) throws {
        self.repository = repository
        BuildTree.removeAbandoned(in: repository.cache.trees)
        tree = BuildTree(of: repository)
        self.interrupted = interrupted
        let swift = ChildProcess(
            executable: "swift", arguments: ["--version"], environment: GitEnvironment.neutral, isGuarded: true)
        guard let outcome = try? swift.run(timeLimit: 60), outcome.end == .exit(0) else {
            throw ComparisonError.failure(
                "there is no Swift to build with: 'swift --version' fails",
                remedy: "install the toolchain, or put it into PATH")
        }
        toolchain = String(decoding: outcome.output, as: UTF8.self)
    }

    private var cache: BuildCache { repository.cache }

    /// A built program and its identity.
    package struct Program: Sendable {
        package let executable: String
        /// The folder with the revision's own `Suites`.
        package let folder: String
        /// A fingerprint of the sources, the toolchain and the flags.
        package let key: String
    }

    /// The program of a revision, from the cache or built now.
    package func program(of revision: Revision, layout: Layout = .plain, listener: BuildListener) throws -> Program {
        let flags = Self.flags + layout.flags
        let parts = [revision.sources, toolchain, flags.joined(separator: " ")]
        let key = Fingerprint.text(parts.joined(separator: "\n").utf8)
        let executable =
            try cache.program(key)
            ?? tree.holding(revision, note: listener.note) {
                // The process that held the tree may have built it.
                try cache.program(key) ?? build(revision, flags: flags, key: key, listener: listener)
            }
        let folder = try cache.folder(ofSuites: revision.suites, git: repository.git)
        return Program(executable: executable, folder: folder, key: key)
    }

    private func build(
        _ revision: Revision, flags: [String], key: String, listener: BuildListener
    ) throws -> String {
        let name = "\(revision.text) (\(revision.commit.hash.prefix(9)))"
        listener.note("building \(name); the full output is in \(tree.log)")
        let arguments = [
            "build", "-c", "release", "--product", "assay", "--package-path", tree.tree, "--scratch-path", tree.scratch,
        ]
        // The compilers that it starts must end with it, and it must end with us. It also calls git.
        let swift = ChildProcess(
            executable: "swift", arguments: arguments + flags, environment: GitEnvironment.neutral, isGuarded: true,
            mergesErrors: true)
        let time = Stopwatch()
        let log = try BuildLog(tree.log)
        let end = try log.follow(try swift.start(), timeLimit: Self.patience, interrupted: interrupted) { step in
            listener.progress(
                BuildProgress(
                    revision: revision.text, step: step, seconds: time.seconds, log: tree.log))
        }
        switch end {
        case .exit(0): break
        case .interrupted: throw Interrupted()
        // If somebody else ended the build, that says nothing about the revision.
        case .signal, .timeout:
            let how = if case .signal(let number) = end { "signal \(number)" } else { "us, after two hours" }
            throw ComparisonError.failure(
                "the build of \(name) was ended by \(how)", remedy: "start again: what was compiled is kept")
        case .exit:
            throw ComparisonError.failure(
                "\(name) does not build",
                remedy: "choose a revision that builds here, with "
                    + "\(toolchain.split(separator: "\n").first ?? ""); the full output is in \(tree.log)",
                details: Self.lastLines(of: log.end))
        }
        let built = try cache.keep("\(tree.scratch)/release/assay", as: key)
        listener.note(String(format: "built %@ in %.0f s", revision.text, time.seconds))
        return built
    }

    /// The last lines from the compiler and the linker, without progress lines.
    private static func lastLines(of output: String) -> [String] {
        output.split(separator: "\n").filter { !$0.hasPrefix("[") && !$0.hasPrefix("Building for") }
            .suffix(12).map { "    \($0.prefix(400))" }
    }
}

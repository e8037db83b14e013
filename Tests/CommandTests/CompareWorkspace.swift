import Foundation
import Subprocess
import Testing

/// A clone in which what a revision builds is what its `Sources/program` says: a script in place of the program, most of
/// them handing on to the real one. The compiler is a script too, which counts how often it was asked.
final class CompareWorkspace {
    let workspace: Workspace
    private let tools: String

    /// Hands everything on to the program under test.
    static let honest = "exec '\(Program.path)' \"$@\""

    init() throws {
        workspace = try Workspace()
        tools = NSTemporaryDirectory() + "assay-tools-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
        try workspace.write(Workspace.small, to: "Suites/small.yaml")
        try workspace.write("// manifest", to: "Package.swift")
        try FileManager.default.createDirectory(atPath: "\(workspace.path)/Sources", withIntermediateDirectories: true)
        let compiler = """
            #!/bin/sh
            if [ "$1" = --version ]; then echo 'Swift version 0 (test)'; exit 0; fi
            all="$*"
            while [ $# -gt 0 ]; do
              case "$1" in --package-path) tree=$2;; --scratch-path) scratch=$2;; esac
              shift
            done
            echo "$tree" >> '\(tools)/builds'
            echo "$all" >> '\(tools)/arguments'
            stat -c '%Y %y' "$tree/Package.swift" >> '\(tools)/times'
            if [ -e "$tree/Sources/slow" ]; then
              setsid sleep 600 & echo $! > '\(tools)/started.new'; mv '\(tools)/started.new' '\(tools)/started'; wait
            fi
            if [ -e "$tree/Sources/broken" ]; then
              echo "[1/2] Compiling"; echo "main.swift:3:7: error: cannot find 'x' in scope"; exit 1
            fi
            if [ -e "$tree/Sources/killed" ]; then kill -KILL $$; fi
            echo "[1/2] Compiling program"
            mkdir -p "$scratch/release"
            { echo '#!/bin/sh'; cat "$tree/Sources/program"; } > "$scratch/release/assay"
            chmod +x "$scratch/release/assay"
            """
        try compiler.write(toFile: "\(tools)/swift", atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(tools)/swift")
    }

    deinit { try? FileManager.default.removeItem(atPath: tools) }

    var builds: Int {
        (try? String(contentsOfFile: "\(tools)/builds", encoding: .utf8))?.split(separator: "\n").count ?? 0
    }

    /// A line a build: what the compiler was asked, and when the file that no test changes was written.
    func lines(_ name: String) -> [String] {
        ((try? String(contentsOfFile: "\(tools)/\(name)", encoding: .utf8)) ?? "").split(separator: "\n").map(
            String.init)
    }

    var cache: String { "\(tools)/cache" }

    /// Waits until nothing is left of the slow build that was started, which has a session of its own.
    func expectNoBuild() async throws {
        let pid = try #require(lines("started").first.flatMap { pid_t($0) })
        for _ in 0..<200 where kill(pid, 0) == 0 { try await Task.sleep(for: .milliseconds(100)) }
        #expect(kill(pid, 0) == -1, "the build goes on")
    }

    /// A comparison leaves the user's repository with the one worktree that it had.
    func expectClean() async throws {
        let trees = try await git("worktree", "list")
        #expect(trees.split(separator: "\n").count == 1)
    }

    /// Commits a program; the number makes it another one.
    func commit(_ program: String = CompareWorkspace.honest, _ number: Int = 0) async throws {
        try workspace.write("# \(number)\n\(program)\n", to: "Sources/program")
        if !FileManager.default.fileExists(atPath: "\(workspace.path)/.git") {
            try await git("init", "--quiet", "--initial-branch=main")
            try workspace.write("/Results\n/Reports\n", to: ".gitignore")
        }
        try await git("add", "--all")
        try await git(
            "-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "--quiet", "-m", "Number \(number)")
    }

    @discardableResult func git(_ arguments: String...) async throws -> String {
        let result = try await Subprocess.run(
            .name("git"), arguments: Arguments(["-C", workspace.path] + arguments), output: .string(limit: 1 << 16),
            error: .discarded)
        return result.standardOutput
    }

    var environment: [Environment.Key: String?] {
        ["PATH": "\(tools):\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"]
    }

    /// Runs `assay compare`, a few rounds of every case.
    func compare(_ arguments: String...) async throws -> Program.Result { try await compare(arguments) }

    /// The same with variables of its own.
    func compare(
        _ arguments: [String], environment: [Environment.Key: String?] = [:]
    ) async throws -> Program.Result {
        try await Program.run(
            ["compare"] + arguments + ["--cache", cache, "--rounds", "7", "--margin", "50%", "--seed", "1"],
            in: workspace.path, environment: self.environment.merging(environment) { $1 })
    }
}

import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The built program, as a user calls it.
enum Program {
    struct Result {
        let output: String
        let errors: String
        /// Of a program that a signal ended, its number below zero.
        let code: Int32
    }

    /// Beside the test runner, where the package manager puts both.
    static let path = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appendingPathComponent("assay").path

    /// The root of the repository that the tests are of.
    static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path

    /// Runs `assay` in a folder, with a cache of its own there; `environment` is set over this process's.
    static func run(
        _ arguments: [String], in folder: String, environment: [Environment.Key: String?] = [:]
    ) async throws -> Result {
        try await start(path, arguments, in: folder, environment: environment)
    }

    /// Runs a line of the shell: `assay` with arguments and redirections. Returns its exit code.
    static func shell(_ line: String, in folder: String) async throws -> Int32 {
        try await script("\"$ASSAY\" \(line)", in: folder).code
    }

    /// Runs a script of the shell, in which `$ASSAY` is the program.
    static func script(_ text: String, in folder: String) async throws -> Result {
        try await start("/bin/sh", ["-c", text], in: folder, environment: ["ASSAY": path])
    }

    private static func start(
        _ executable: String, _ arguments: [String], in folder: String, environment: [Environment.Key: String?]
    ) async throws -> Result {
        let cache: [Environment.Key: String?] = ["XDG_CACHE_HOME": "\(folder)/cache"]
        let result = try await Turns.ofPrograms.take {
            try await Subprocess.run(
                .path(FilePath(executable)), arguments: Arguments(arguments),
                environment: .inherit.updating(cache.merging(environment) { $1 }),
                workingDirectory: FilePath(folder), output: .string(limit: 1 << 24), error: .string(limit: 1 << 20))
        }
        let code: Int32 =
            switch result.terminationStatus {
            case .exited(let code): Int32(code)
            case .signaled(let signal): -Int32(signal)
            }
        return Result(output: result.standardOutput, errors: result.standardError, code: code)
    }
}

/// A folder with a `Suites` of its own, gone when the test is over.
final class Workspace {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "assay-command-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: "\(path)/Suites", withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A suite that takes no time.
    static let small = """
        title: Small
        defaults: { samples: 7 }
        cases:
          - kernel: matmul
            label: "matmul {m}"
            implementations: openblas
            with: { k: 8, n: 8 }
            sweep: { m: [1, 8, 9] }
          - { kernel: 'null', label: nothing }
        plots:
          - { kind: bars, x: m, filter: matmul }
        """

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
    }

    func text(_ name: String) throws -> String { try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }

    func run(_ arguments: String..., environment: [Environment.Key: String?] = [:]) async throws -> Program.Result {
        try await Program.run(arguments, in: path, environment: environment)
    }

    /// Files below a folder, by their paths from the workspace, sorted.
    func files(_ folder: String) -> [String] {
        let all = FileManager.default.enumerator(atPath: "\(path)/\(folder)")?.compactMap { $0 as? String } ?? []
        return all.map { "\(folder)/\($0)" }.filter { name in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }

    /// The run files there are, without the machine's ceilings beside them.
    var runFiles: [String] { files("Results").filter { $0.hasSuffix(".jsonl") } }

    /// The only run file there is.
    func runFile() throws -> String {
        let files = runFiles
        try #require(files.count == 1)
        return files[0]
    }
}

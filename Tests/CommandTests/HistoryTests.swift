import Foundation
import Results
import Settings
import Subprocess
import SwiftCSV
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

@Suite struct HistoryTests {
    let workspace: Workspace

    init() throws { workspace = try Workspace() }

    private static let machine = Machine(
        processor: "Example CPU 9000", architecture: "x86_64", instructionSets: ["avx2"], caches: [], processors: 2,
        quota: nil, memoryBytes: 8 << 30, kernel: "6.1", toolchain: "Swift 6.3")

    /// Writes a run file of three cases; the time of the first is given, that of the others hardly changes but for a
    /// factor on all.
    private func writeRun(
        _ commit: String, day: Int, seconds: Double, factor: Double = 1, dirty: Bool = false, suite: String = "small",
        machine: Machine = machine, options: [String: String] = [:]
    ) throws {
        let time = "202601\(10 + day)T000000Z"
        let header = RunHeader(
            started: "2026-01-\(10 + day)T00:00:00Z", assay: "0.1",
            suite: .init(name: suite, title: "Small", files: [], plots: []),
            commit: .init(hash: commit, dirty: dirty), machine: machine, blas: .init(core: "Zen", configuration: ""),
            environment: [:], options: options, planned: 2, warnings: [])
        let wander = factor * (1 + 0.002 * Double((day * 7) % 5))
        let records = [("matmul", seconds), ("norm", 2e-3), ("softmax", 1e-3)].map { name, seconds in
            Record(
                case: "\(name)[]/native/f32/t1", label: "\(name) it", kind: "kernel", name: name, parameters: [:],
                setting: Setting("native"), status: .measured,
                costs: CountedCosts(
                    macs: 1, elementOperations: [:], parameters: 0, weightBytes: 0, inputBytes: 0, outputBytes: 0),
                answer: Answer(error: 0, tolerance: 1, reductionLength: 1),
                samples: Samples(
                    calls: 1, seconds: (0..<9).map { seconds * wander * (1 + 0.001 * Double($0)) },
                    columns: ["cpuShare": Array(repeating: 1, count: 9)]),
                started: header.started, wallSeconds: 1)
        }
        let end = RunEnd(wallSeconds: 1, measured: records.count, skipped: 0, failed: 0)
        let lines = [RunLine.header(header)] + records.map(RunLine.record) + [.end(end)]
        let folder = "Results/\(machine.id)"
        try FileManager.default.createDirectory(
            atPath: "\(workspace.path)/\(folder)", withIntermediateDirectories: true)
        let text = try lines.map { String(decoding: try $0.encoded(), as: UTF8.self) }.joined()
        try workspace.write(text, to: "\(folder)/\(time)-\(suite).jsonl")
    }

    private static func hash(_ number: Int) -> String {
        String(number, radix: 16) + String(repeating: "0", count: 39)
    }

    /// Ten commits; the seventh made the product 1.5 times as fast.
    private func writeTen() throws {
        for number in 1...10 {
            try writeRun(Self.hash(number), day: number, seconds: number < 7 ? 3e-3 : 2e-3)
        }
    }

    @Test func theStepIsSaidAndDrawn() async throws {
        try writeTen()
        let result = try await workspace.run("history", "small")
        #expect(result.code == 0, "\(result.errors)")
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 5)
        #expect(lines[2].hasPrefix("matmul it   native") && lines[2].hasSuffix("x faster at 7000000"))
        #expect(lines[2].contains("1.50x") && lines[3].hasPrefix("norm it") && !lines[3].contains("x "))
        let folder = "Reports/\(Self.machine.id)/history-small"
        #expect(
            workspace.files("Reports")
                == ["csv", "gp", "png", "svg"].map { "\(folder)/small-history.\($0)" })
        #expect(result.errors.contains("\(folder): 4 files"))
    }

    @Test func theFormatsHoldTheSame() async throws {
        try writeTen()
        let csv = try await workspace.run("history", "small", "--format", "csv", "--no-report")
        let rows = try CSV<Named>(string: csv.output).rows
        #expect(rows.count { $0["statistic"] == "median" } == 30)
        #expect(rows.count { $0["statistic"] == "step" } == 1)
        let markdown = try await workspace.run(
            "history", "small", "--format", "markdown", "--filter", "matmul", "--no-report")
        #expect(markdown.output.split(separator: "\n").count == 3 && markdown.output.hasPrefix("| case"))
        let json = try await workspace.run("history", "small", "--format", "json", "--no-report")
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect((object?["commits"] as? [Any])?.count == 10)
        #expect(workspace.files("Reports").isEmpty)
    }

    @Test func whatEveryCaseDoesIsSaidBesides() async throws {
        for number in 1...10 {
            try writeRun(Self.hash(number), day: number, seconds: 3e-3, factor: number < 7 ? 1 : 2)
        }
        let result = try await workspace.run("history", "small", "--no-report")
        #expect(
            result.output.hasSuffix(
                "\n\nall 3 cases: 2.00x slower at 7000000: the machine or the toolchain, not a kernel?\n"))
    }

    @Test func whatCannotStandBesideIsLeftOut() async throws {
        try writeTen()
        var other = Self.machine
        other.processors = 8
        try writeRun(Self.hash(1), day: 0, seconds: 9e-3, machine: other)
        try writeRun(Self.hash(11), day: 11, seconds: 9e-3, suite: "large")
        try workspace.write("no run file", to: "Results/\(Self.machine.id)/20260101T000000Z-small.jsonl")
        let result = try await workspace.run("history", "small", "--no-report", "--filter", "matmul")
        #expect(result.code == 0)
        #expect(result.errors.contains("left out: 1 run of another machine, \(other.id)"))
        #expect(result.errors.contains("warning: ") && result.errors.contains("not a run file"))
        #expect(!result.output.contains("9.0"))
        let asked = try await workspace.run("history", "small", "--no-report", "--machine", other.id)
        #expect(asked.output.contains("9.036 ms"))
    }

    @Test func oneCommitIsATable() async throws {
        try writeRun(Self.hash(1), day: 1, seconds: 3e-3)
        let result = try await workspace.run("history", "small")
        #expect(result.code == 0)
        #expect(result.output.split(separator: "\n").count == 5)
        #expect(result.errors.contains("steps need 4 commits with a figure, and there is 1"))
        #expect(workspace.files("Reports").map { $0.suffix(4) } == [".csv"])
    }

    @Test(arguments: [
        (["small", "--machine", "mine"], "--machine: there is no run of 'small' on a machine 'mine'; choose one of"),
        (["smal"], "history: there is no run of 'smal' in Results; did you mean 'small'?"),
        (["small", "--filter", "nothing like it"], "'nothing like it' matches no case"),
        (["small", "--format", "xml"], "xml"),
        ([], "<suite>"),
    ])
    func badInputIsRefused(arguments: [String], words: String) async throws {
        try writeTen()
        let result = try await Program.run(["history"] + arguments, in: workspace.path)
        #expect(result.code == 64)
        #expect(result.errors.contains(words))
        #expect(result.output.isEmpty && workspace.files("Reports").isEmpty)
    }

    @Test func noRunsAtAll() async throws {
        let result = try await workspace.run("history", "small")
        #expect(result.code == 64)
        #expect(result.errors.contains("run a suite first: assay run quick"))
    }

    /// A file that no longer is what its name was found to be costs its own run, and says so.
    @Test func aDamagedRunCostsItself() async throws {
        try writeTen()
        let folder = "Results/\(Self.machine.id)"
        let name = "\(folder)/20260113T000000Z-small.jsonl"
        let lines = try workspace.text(name).split(separator: "\n", omittingEmptySubsequences: false)
        try workspace.write(
            ([lines[0], "{\"record\": {"] + lines.dropFirst(2)).joined(separator: "\n"), to: name)
        let result = try await workspace.run("history", "small", "--no-report")
        #expect(result.code == 0)
        #expect(result.errors.contains("\(name):2: the line is damaged"))
        #expect(result.output.contains("9 of 10"))
    }

    @Test func commitsStandInGitsOrder() async throws {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@b"]
        func git(_ arguments: [String]) async throws -> String {
            let result = try await Subprocess.run(
                .name("git"), arguments: Arguments(identity + arguments), workingDirectory: FilePath(workspace.path),
                output: .string(limit: 4096), error: .discarded)
            try #require(result.terminationStatus.isSuccess)
            return result.standardOutput.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        _ = try await git(["init", "--quiet"])
        var hashes: [String] = []
        for number in 1...3 {
            _ = try await git(["commit", "--quiet", "--allow-empty", "-m", "\(number)"])
            hashes.append(try await git(["rev-parse", "HEAD"]))
        }
        // No branch has the last one any more, but git still does.
        _ = try await git(["commit", "--quiet", "--allow-empty", "--amend", "-m", "3 again"])
        // The oldest commit was measured last, and once more with changes.
        for (day, place) in [(1, 2), (2, 1), (3, 0)] { try writeRun(hashes[place], day: day, seconds: 1e-3) }
        try writeRun(hashes[1], day: 0, seconds: 1e-3, dirty: true)
        func commits() async throws -> [String] {
            let result = try await workspace.run("history", "small", "--no-report", "--format", "csv")
            let rows = try CSV<Named>(string: result.output).rows
            return rows.filter { $0["statistic"] == "median" && $0["label"] == "norm it" }.compactMap { $0["commit"] }
        }
        #expect(try await commits() == [hashes[0], hashes[1], hashes[1] + "-dirty", hashes[2]])
        // One that git does not know was measured next to the oldest: there it stands, and the others stay.
        try writeRun(Self.hash(5), day: 4, seconds: 1e-3)
        #expect(try await commits() == [hashes[0], Self.hash(5), hashes[1], hashes[1] + "-dirty", hashes[2]])
        let told = try await workspace.run("history", "small", "--no-report")
        #expect(told.errors.contains("git does not know 1 of 5 commits (5000000)"), "\(told.errors)")
    }
}

import Foundation
import Platform
import Results
import Settings

/// Lines to write and damage.
enum Fixture {
    static let header = RunHeader(
        started: "2026-01-31T12:00:00Z", assay: "1.0",
        suite: .init(
            name: "quick", title: "A few \"cases\" – ½",
            files: [.init(path: "Suites/quick.yaml", text: "title: x\ncases: []\n")],
            plots: [PlotRequest(kind: "bars", x: "groups", y: "latency", series: "implementation")]),
        commit: .init(hash: "0123456789abcdef0123456789abcdef01234567", dirty: false),
        machine: Machine(
            processor: "A processor", architecture: "x86_64", instructionSets: ["avx2", "fma"],
            caches: [.init(level: 1, kind: "Data", bytes: 49152, sharedBy: 2)], processors: 2, quota: 1.5,
            memoryBytes: 8 << 30, kernel: "6.1", toolchain: "Swift 6.3"),
        blas: .init(core: "SkylakeX", configuration: "OpenBLAS"), environment: ["OMP_NUM_THREADS": "2"],
        options: ["threads": "1", "precision": "0.01"], planned: 3, warnings: ["the governor is powersave"])

    static let ceilings = Ceilings(
        arithmetic: [.init(instructionSet: "avx2", width: 256, threads: 1, flops: 1.16e11)],
        bandwidth: [.init(level: "L1", block: 16384, threads: 1, bytesPerSecond: 4.2e11)], callSeconds: 1.3e-9)

    static let samples = Samples(
        calls: 8, seconds: [1.25e-5, 1.3e-5, 0.1 + 0.2],
        columns: [
            "cpuShare": [1, 0.99, 1.01], "involuntarySwitches": [0, 1, 0], "minorFaults": [0, 0, 2],
            "majorFaults": [0, 0, 0], "throttled": [0, 0, 1],
        ], stop: .precision, warmupCalls: 63,
        elapsed: 0.31, resolution: 2e-8, sets: 1)

    static let plan = RunPlan(
        passes: ["fold-batch-norm"],
        layers: [
            .init(name: "fc", kernel: "matmul", shape: "m=1", implementation: "native", reads: [0], writes: [1]),
            .init(
                name: "relu", kernel: "activation", shape: "elements=9", implementation: "native", reads: [1],
                writes: [2]),
        ],
        places: [
            .init(feature: 0, element: "f32", bytes: 36, offset: nil, operand: "x"),
            .init(feature: 1, element: "f32", bytes: 36, offset: 64, operand: nil),
            .init(feature: 2, element: "f32", bytes: 36, offset: nil, operand: "y"),
        ], blockBytes: 128, leastBytes: 64)

    static func record(_ name: String, status: Record.Status = .measured) -> Record {
        Record(
            case: name, label: "matmul 64/64", kind: "kernel", name: "matmul",
            parameters: ["m": "64", "size": "28x14"],
            setting: Setting("openblas"), status: status,
            failure: status == .measured ? nil : Failure(.timeout, "took more than 60 s"),
            costs: CountedCosts(
                macs: 262_144, elementOperations: ["add": 4096], parameters: 4096, weightBytes: 16384,
                inputBytes: 16384,
                outputBytes: 16384),
            answer: Answer(error: .infinity, tolerance: 3.8e-6, reductionLength: 64),
            preparation: Preparation(seconds: 0.001, packedBytes: 0, workspaceBytes: 0), plan: plan,
            samples: status == .measured ? samples : nil, memory: Memory(baseline: 12_000_000, peak: 13_000_000),
            process: ProcessUsage(
                maxResidentBytes: 14_000_000, minorFaults: 900, majorFaults: 0, voluntarySwitches: 3,
                involuntarySwitches: 1, userSeconds: 0.4, systemSeconds: 0.01),
            started: "2026-01-31T12:00:01Z", wallSeconds: 0.5)
    }

    static let end = RunEnd(wallSeconds: 4.5, measured: 2, skipped: 0, failed: 1)

    static let lines: [RunLine] = [
        .header(header), .ceilings(ceilings), .record(record("matmul[m=1]/openblas/f32/t1")),
        .record(record("matmul[m=2]/openblas/f32/t1", status: .failed)),
        .record(record("matmul[m=3]/openblas/f32/t1")), .end(end),
    ]

    /// A whole run file.
    static func bytes() throws -> Data { try lines.reduce(Data()) { try $0 + $1.encoded() } }

    /// A folder that is gone after the test.
    static func inFolder<T>(_ body: (String) throws -> T) throws -> T {
        let folder = NSTemporaryDirectory() + "assay-\(UUID())"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try body(folder)
    }
}

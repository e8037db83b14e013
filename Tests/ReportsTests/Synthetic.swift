import Foundation
import Platform
import Results
import Settings

/// Records and runs made up for tests, the same each time.
enum Synthetic {
    /// A stream of numbers in 0 ..< 1, from a seed.
    struct Noise {
        private var state: UInt64
        init(_ seed: Int) { state = UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }
        mutating func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) * 0x1p-53
        }
    }

    /// A measured case whose latency is near `seconds`, with a tail to the right.
    static func record(
        _ label: String, name: String = "conv2d", implementation: String = "openblas", threads: Int = 1,
        parameters: [String: String] = [:], macs: Int = 1_000_000, others: Int = 0, bytes: Int = 100_000,
        seconds: Double = 1e-3, samples count: Int = 40, seed: Int = 1
    ) -> Record {
        var noise = Noise(seed)
        let values = (0..<count).map { _ -> Double in
            let u = noise.next()
            let tail = u > 0.97 ? 0.3 * noise.next() : 0
            return seconds * (1 + 0.012 * noise.next() + 0.01 * u * u + tail)
        }
        let words = parameters.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
        return Record(
            case: "\(name)[\(words)]/\(implementation)/f32/t\(threads)", label: label, kind: "kernel", name: name,
            parameters: parameters, setting: Setting(implementation, threads: threads),
            status: .measured,
            costs: CountedCosts(
                macs: macs, elementOperations: others > 0 ? ["add": others] : [:], parameters: bytes / 8,
                weightBytes: bytes / 4, inputBytes: bytes / 4, outputBytes: bytes - 2 * (bytes / 4)),
            answer: Answer(error: 2.5e-6, tolerance: 1e-5, reductionLength: 576),
            preparation: Preparation(seconds: 1.5e-3, packedBytes: 4096, workspaceBytes: 65536),
            samples: Samples(
                calls: 10, seconds: values,
                columns: [
                    "cpuShare": values.map { _ in 0.99 }, "involuntarySwitches": values.map { _ in 1 },
                    "minorFaults": values.map { _ in 2 }, "majorFaults": values.map { _ in 0 },
                ]),
            memory: Memory(baseline: 10 << 20, peak: 14 << 20),
            process: ProcessUsage(
                maxResidentBytes: 20 << 20, minorFaults: 900, majorFaults: 1, voluntarySwitches: 3,
                involuntarySwitches: 4, userSeconds: 0.5, systemSeconds: 0.1),
            started: "2025-01-01T00:00:00Z", wallSeconds: 1)
    }

    /// The same case, ended without a figure.
    static func unmeasured(_ record: Record, _ kind: Failure.Kind, _ message: String) -> Record {
        var record = record
        record.status = kind == .unsupported ? .skipped : .failed
        record.failure = Failure(kind, message)
        (record.samples, record.answer, record.memory) = (nil, nil, nil)
        return record
    }

    static let ceilings = Ceilings(
        arithmetic: [
            .init(instructionSet: "avx512", width: 512, threads: 1, flops: 234e9),
            .init(instructionSet: "avx2", width: 256, threads: 1, flops: 116e9),
            .init(instructionSet: "baseline", width: 128, threads: 1, flops: 29e9),
        ],
        bandwidth: [
            .init(level: "L1", block: 24 << 10, threads: 1, bytesPerSecond: 470e9),
            .init(level: "L2", block: 512 << 10, threads: 1, bytesPerSecond: 215e9),
            .init(level: "L3", block: 16 << 20, threads: 1, bytesPerSecond: 60e9),
            .init(level: "memory", block: 512 << 20, threads: 1, bytesPerSecond: 48e9),
        ], callSeconds: 2e-9)

    static func run(
        _ records: [Record], id: String = "2025-01-01T00-00-00Z-quick", suite: String = "quick",
        plots: [PlotRequest] = [], ceilings: Ceilings? = ceilings, dirty: Bool = false
    ) -> Run {
        let header = RunHeader(
            started: "2025-01-01T00:00:00Z", assay: "0.1",
            suite: .init(name: suite, title: "A suite for tests", files: [], plots: plots),
            commit: .init(hash: "0123456789abcdef0123456789abcdef01234567", dirty: dirty),
            machine: Machine(
                processor: "Example CPU 9000", architecture: "x86_64", instructionSets: ["avx2"], caches: [],
                processors: 2, quota: nil, memoryBytes: 8 << 30, kernel: "6.1", toolchain: "Swift 6.3"),
            blas: .init(core: "SkylakeX", configuration: ""), environment: [:], options: [:], planned: records.count,
            warnings: [])
        return Run(id: id, path: "\(id).jsonl", header: header, ceilings: ceilings, records: records)
    }
}

/// A folder that is gone when its owner is.
final class Scratch {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("assay-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func text(_ name: String) throws -> String { try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }
    /// All names in the folder, hidden ones too.
    var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
}

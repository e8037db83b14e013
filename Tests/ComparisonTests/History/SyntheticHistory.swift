import Results
import Settings

/// Runs over commits, made up.
enum SyntheticHistory {
    /// A hash that begins with the number's digit.
    static func hash(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return digits + String(repeating: "0", count: 40 - digits.count)
    }

    static let machine = Machine(
        processor: "Example CPU 9000", architecture: "x86_64", instructionSets: ["avx2"], caches: [], processors: 2,
        quota: nil, memoryBytes: 8 << 30, kernel: "6.1", toolchain: "Swift 6.3")

    static let otherMachine = Machine(
        processor: "Other CPU", architecture: "x86_64", instructionSets: ["avx2"], caches: [], processors: 8,
        quota: nil, memoryBytes: 8 << 30, kernel: "6.1", toolchain: "Swift 6.3")

    /// Measured `day` days after the first.
    static func header(
        _ commit: Int?, day: Int, dirty: Bool = false, suite: String = "quick", machine: Machine = machine,
        options: [String: String] = [:]
    ) -> RunHeader {
        let digits = String(100 + day).dropFirst()
        return RunHeader(
            started: "2026-01-\(digits)T00:00:00Z", assay: "0.1",
            suite: .init(name: suite, title: "A suite for tests", files: [], plots: []),
            commit: commit.map { .init(hash: hash($0), dirty: dirty) }, machine: machine,
            blas: .init(core: "SkylakeX", configuration: ""), environment: [:], options: options, planned: 1,
            warnings: [])
    }

    /// Twenty-one samples around a median, half of them up to 1 % below and half above.
    static func samples(_ median: Double, count: Int = 21) -> [Double] {
        (0..<count).map { median * (1 + 0.02 * (Double($0) / Double(max(count - 1, 1)) - 0.5)) }
    }

    static func record(_ name: String, _ seconds: [Double], status: Record.Status = .measured) -> Record {
        Record(
            case: "\(name)[]/native/f32/t1", label: name, kind: "kernel", name: name, parameters: [:],
            setting: Setting("native"), status: status,
            failure: status == .measured ? nil : Failure(.timeout, "no answer"),
            costs: CountedCosts(
                macs: 1, elementOperations: [:], parameters: 0, weightBytes: 0, inputBytes: 0, outputBytes: 0),
            samples: status == .measured ? Samples(calls: 1, seconds: seconds) : nil, started: "", wallSeconds: 1)
    }

    /// A run of cases whose medians are given in seconds.
    static func run(_ header: RunHeader, _ medians: KeyValuePairs<String, Double>) -> Run {
        let id = header.started.filter { $0 != ":" && $0 != "-" } + "-\(header.suite.name)"
        return Run(
            id: id, path: "Results/x/\(id).jsonl", header: header,
            records: medians.map { record($0.key, samples($0.value)) })
    }
}

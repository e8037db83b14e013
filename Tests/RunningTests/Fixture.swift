import Foundation
import Kernels
import Platform
import Results
import Running
import Tensors
import Testing
import Workers
import Workloads

/// A workload of one element whose implementations do what tests need: answer right, wrong, or not at all.
struct Probe: Kernel {
    static let schema = Schema("probe", "for tests", [.count("n", default: 1, "elements")], example: "")

    let arguments: Arguments
    let operands: [Operand]
    let macs = 0
    let elementOperations: [ElementOperations] = []
    let reductionLength = 1

    init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        operands = [
            try .input("x", [arguments.int("n")], layout: "N"), try .output("y", [arguments.int("n")], layout: "N"),
        ]
    }

    var implementations: [Implementation] {
        [
            .direct("right", "y = x") { $0["y"].copy(from: $0["x"]) },
            .direct("wrong", "y = 2 x") { tensors in tensors["y"].fill { tensors["x"].floats[$0] * 2 } },
            .direct("silent", "leaves y as it was") { _ in },
            .direct("picky", "computes nothing", unsupported: "not this shape") { _ in },
        ]
    }

    func reference(_ tensors: Operands) { tensors["y"].copy(from: tensors["x"]) }

    static let catalog = Catalog(kernels: [Probe.kind])

    static func cases(_ name: String = "probe[n=3]") throws -> [Case] {
        try Planner(catalog: catalog).cases(named: name)
    }
}

extension Catalog {
    /// A case of this catalog as a worker measures it, seven samples of it, and the stages that it goes through.
    func measure(
        _ name: String, change: (inout MeasureTask) -> Void = { _ in }
    ) throws -> (message: WorkerMessage, stages: [String]) {
        var stages: [String] = []
        let service = WorkerService(catalog: self) { if case .stage(let stage) = $0 { stages.append(stage) } }
        var options = SamplingOptions()
        options.samples = 7
        var task = MeasureTask(name: name, seed: 1, sampling: options)
        change(&task)
        return (try service.measure(task), stages)
    }

    /// The same of one that must not fail.
    func measured(
        _ name: String, change: (inout MeasureTask) -> Void = { _ in }
    ) throws -> (Measured, stages: [String]) {
        let (message, stages) = try measure(name, change: change)
        guard case .measured(let measured) = message else { throw RunError("\(message)", remedy: "") }
        return (measured, stages)
    }
}

/// Answers each case from a table by implementation, without measuring.
struct TableExecutor: CaseExecutor {
    let outcomes: [String: Attempt]

    func execute(_ item: Case, interrupted: () -> Bool) throws -> Attempt {
        outcomes[item.implementation.name] ?? Attempt(measured: .sample)
    }
}

extension Measured {
    static let sample = Measured(
        answer: Answer(error: 0, tolerance: 1, reductionLength: 1),
        preparation: Preparation(seconds: 0, packedBytes: 0, workspaceBytes: 0),
        samples: Samples(
            calls: 1, seconds: [1, 2], columns: ["cpuShare": [1, 1], "involuntarySwitches": [0, 0]], elapsed: 3),
        memory: Memory(baseline: 1, peak: 2))
}

/// An executable shell script that is gone when the test is over.
final class Script {
    let path: String

    init(_ text: String) throws {
        path = NSTemporaryDirectory() + "assay-script-" + UUID().uuidString
        // Written by another process: a child that some other test starts just now could else hold the file open for
        // writing, and the system runs no such file.
        let writer = ChildProcess(executable: "/bin/sh", arguments: ["-c", "cat > '\(path)' && chmod +x '\(path)'"])
        let outcome = try writer.run(input: Data("#!/bin/sh\n\(text)\n".utf8), timeLimit: 20)
        try #require(outcome.end == .exit(0))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

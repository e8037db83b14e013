import Foundation
import Platform
import Settings
import Tensors
import Workloads

/// Holds what Assay computes against cases with known answers.
package struct ReferenceCheck {
    /// What became of a case.
    package enum Outcome: Hashable, Sendable {
        /// All implementations agree; the largest error.
        case right(error: Double)
        case wrong(String)
        /// Assay has no operator of that name, or not with these options.
        case unknown(operator: String)
        case unusable(String)
    }

    /// The largest error of an element, as a share of its size or, if that is more, of the root mean square of the output.
    package static let tolerance = 1e-5

    /// The files of a folder, sorted. Throws if there is none.
    package static func files(in folder: String) throws(FileError) -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw FileError(folder, "this folder cannot be read", remedy: "check the path")
        }
        let cases = names.filter { $0.hasSuffix(".json") && $0 != "index.json" }.sorted()
        guard !cases.isEmpty else {
            throw FileError(folder, "there are no cases in this folder", remedy: "give a folder with .json files")
        }
        return cases.map { "\(folder)/\($0)" }
    }

    package init() {}

    /// Computes the case of a file with every implementation.
    package func outcome(of path: String) -> Outcome {
        let known: ReferenceCase
        do {
            known = try ReferenceCase.read(path)
        } catch {
            return .unusable("\(error.message); \(error.remedy)")
        }
        guard let question = ReferenceOperator.all.first(where: { $0.name == known.operator })?.question(known) else {
            return .unknown(operator: known.operator)
        }
        do {
            return .right(error: try largestError(question, known))
        } catch let fault as ReferenceFault {
            return .wrong(fault.message)
        } catch {
            return .wrong("\(error)")
        }
    }

    /// Throws a `ReferenceFault` if an implementation is wrong.
    private func largestError(_ question: ReferenceOperator.Question, _ known: ReferenceCase) throws -> Double {
        guard let folder = try? WorkFolder(in: FileManager.default.temporaryDirectory.path, prefix: "assay-check-")
        else {
            throw ReferenceFault("no temporary folder can be made")
        }
        var arguments = question.arguments
        if let graph = known.graph {
            let file = "\(folder.path)/graph.mtx"
            try graph.matrixMarket.write(toFile: file, atomically: false, encoding: .utf8)
            arguments.append(Schema.Given("graph", file))
        }
        let workload = try question.kind.workload(from: arguments)
        let filled = try Operands(allocating: workload.operands)
        try workload.fill(filled, seed: known.seed)
        for operand in workload.operands where operand.role != .output {
            let name = question.names[operand.name] ?? operand.name
            if let given = known.given(name) {
                try given.fill(filled[operand.name], seed: known.seed)
            } else if operand.values != .made {
                throw ReferenceFault("the file has no tensor '\(name)'")
            }
        }
        if let steps = question.steps { return try largestError(after: steps, of: workload, filled, known) }
        var largest = 0.0
        for implementation in workload.allImplementations where implementation.unsupported == nil {
            for threads in implementation.threading == .any ? [1, 2] : [1] {
                let answer = try filled.withFreshOutputs(of: workload.operands)
                for output in workload.operands where output.role == .output { answer[output.name].spoil() }
                let prepared = try implementation.prepare(answer, implementation.setting(threads: threads))
                prepared.run()
                try prepared.deliver()
                for expected in known.outputs {
                    let operand = question.names.first { $0.value == expected.name }?.key ?? expected.name
                    let place = place(of: expected.name, implementation, threads)
                    let found =
                        if let read = question.readings[expected.name] {
                            Answer(
                                elements: read(answer), isWhole: expected.data.allSatisfy { $0 == $0.rounded() })
                        } else {
                            answer.optional(operand).map(Answer.init)
                        }
                    largest = max(largest, try error(of: found, from: expected, at: place))
                }
            }
        }
        return largest
    }

    private func place(of output: String, _ implementation: Implementation, _ threads: Int) -> String {
        "\(implementation.name) on \(threads) thread\(threads == 1 ? "" : "s"), '\(output)'"
    }

    /// The same for training steps: the losses before each of them, the parameters after the last, called `trained` and their name, and
    /// what the network then answers.
    private func largestError(
        after steps: Int, of workload: any Workload, _ filled: Operands, _ known: ReferenceCase
    ) throws -> Double {
        if let labels = filled.optional("labels")?.ints {
            // Every second node is in the training set.
            for row in 0..<filled["labels"].count where !row.isMultiple(of: 2) { labels[row] = -100 }
        }
        let network = try workload.with(["mode": .word("inference")])
        var largest = 0.0
        for implementation in workload.allImplementations where implementation.unsupported == nil {
            for threads in implementation.threading == .any ? [1, 2] : [1] {
                let tensors = try filled.withFreshOutputs(of: workload.operands)
                let prepared = try implementation.prepare(tensors, implementation.setting(threads: threads))
                let losses = (0..<steps).map { _ in
                    prepared.run()
                    return tensors["loss"][0]
                }
                let answers = try network.expectedOperands(for: tensors)
                try network.reference(answers)
                for expected in known.outputs {
                    let found: Answer? =
                        switch expected.name {
                        case "losses": Answer(elements: losses, isWhole: false)
                        case "log_probabilities":
                            answers.optional("y").map { Answer(elements: $0.logSoftmax, isWhole: false) }
                        default:
                            expected.name.hasPrefix("trained.")
                                ? tensors.optional(String(expected.name.dropFirst("trained.".count))).map(Answer.init)
                                : nil
                        }
                    let place = place(of: expected.name, implementation, threads)
                    largest = max(largest, try error(of: found, from: expected, at: place))
                }
            }
        }
        return largest
    }

    /// What was computed of an output of the case.
    fileprivate struct Answer {
        let elements: [Double]
        /// Whether the elements are whole numbers, which are right or wrong.
        let isWhole: Bool
    }

    private func error(of answer: Answer?, from expected: ReferenceCase.Expected, at place: String) throws -> Double {
        guard let answer, answer.elements.count == expected.data.count else {
            throw ReferenceFault("\(place): no output of shape \(expected.shape)")
        }
        let squares = expected.data.reduce(0) { $0 + $1 * $1 }
        let size = (squares / Double(max(expected.data.count, 1))).squareRoot()
        var largest = 0.0
        for (index, right) in expected.data.enumerated() {
            let difference = abs(answer.elements[index] - right)
            let error = difference == 0 ? 0 : difference / max(abs(right), size)
            guard error <= (answer.isWhole ? 0 : Self.tolerance) else {
                throw ReferenceFault("\(place): element \(index) is \(answer.elements[index]), not \(right)")
            }
            largest = max(largest, error)
        }
        return largest
    }
}

extension ReferenceCheck.Answer {
    fileprivate init(_ tensor: Tensor) {
        self.init(elements: (0..<tensor.count).map { tensor[$0] }, isWhole: tensor.element == .i32)
    }
}

extension Tensor {
    /// The logarithm of the softmax of each row.
    fileprivate var logSoftmax: [Double] {
        let width = shape.extents.last ?? 1
        return stride(from: 0, to: count, by: max(width, 1)).flatMap { first in
            let row = (first..<first + width).map { self[$0] }
            let largest = row.max() ?? 0
            let total = log(row.reduce(0) { $0 + exp($1 - largest) }) + largest
            return row.map { $0 - total }
        }
    }
}

extension ReferenceCase.Graph {
    /// As a file: a row per destination, a column per source.
    fileprivate var matrixMarket: String {
        let edges = zip(destinations, sources).map { "\($0 + 1) \($1 + 1)\n" }
        return "%%MatrixMarket matrix coordinate pattern general\n\(nodes) \(nodes) \(sources.count)\n" + edges.joined()
    }
}

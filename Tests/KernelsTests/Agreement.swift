import Foundation
import Kernels
import Settings
import Tensors
import TestSupport
import Testing
import Workloads

/// A workload from text as it stands in the name of a case: `in=64,out=64,size=7`.
func workload<W: Kernel>(_ type: W.Type, _ text: String) throws -> W {
    try W(W.schema.arguments(from: given(text)))
}

/// The same of any kind.
func workload(_ kind: Kind, _ text: String, _ element: ElementType = .f32) throws -> any Workload {
    try kind.workload(from: given(text), element: element)
}

private func given(_ text: String) -> [Schema.Given] {
    text.split(separator: ",").map { pair in
        let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
        return Schema.Given(parts[0], parts.count > 1 ? parts[1] : "")
    }
}

/// What the reference makes of operands that are given by name; the others are filled as ever.
func reference(_ kind: Kind, _ text: String, _ given: [String: [Float]]) throws -> [Float] {
    let workload = try workload(kind, text)
    let tensors = try Operands(allocating: workload.operands)
    try workload.fill(tensors, seed: 1)
    for (name, values) in given {
        let tensor = tensors[name]
        try #require(tensor.count == values.count, "'\(name)' has \(tensor.shape) elements")
        tensor.fill { values[$0] }
    }
    try workload.reference(tensors)
    let output = try #require(workload.operands.first { $0.role == .output })
    return tensors[output.name].elements
}

/// Expects that every implementation of a workload agrees with its reference: within the tolerance, every output
/// written, inputs left alone, and the same bits on a second run from the same states over the first one's outputs.
func expectAgreement(
    _ kind: Kind, _ text: String, _ element: ElementType = .f32, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let workload = try workload(kind, text, element)
    let outputs = workload.operands.filter(\.role.isWritten)
    let inputs = workload.operands.filter { !$0.role.isWritten }
    let filled = try Operands(allocating: workload.operands)
    try workload.fill(filled, seed: 1)
    let judged = try workload.expectedOperands(for: filled)
    let given = inputs.map { Array(judged[$0.name].raw) }
    for output in outputs where output.role == .output { judged[output.name].spoil() }
    try workload.reference(judged)
    oneAtATime.lock()
    defer { oneAtATime.unlock() }

    for output in outputs {
        let unwritten = (0..<output.shape.count).count { judged[output.name][$0].isNaN }
        #expect(
            unwritten == 0, "\(workload.name): the reference leaves NaN in \(output.name)",
            sourceLocation: sourceLocation)
    }
    for implementation in workload.implementations where implementation.unsupported == nil {
        for threads in implementation.threading == .any ? [1, 2, 3, 7] : [1] {
            let place = "\(workload.name)/\(implementation.name)/\(element)/t\(threads)"
            let tensors = try filled.withFreshOutputs(of: workload.operands)
            let initial = try InitialState(filled, of: workload.operands)
            let prepared = try implementation.prepare(tensors, implementation.setting(threads: threads))
            for output in outputs where output.role == .output { tensors[output.name].spoil() }
            prepared.run()
            let first = outputs.map { Array(tensors[$0.name].raw) }
            let deviation = workload.deviation(of: tensors, from: judged, errorGrowth: implementation.errorGrowth)
            if let deviation {
                #expect(deviation.isTolerable, "\(place): \(deviation)", sourceLocation: sourceLocation)
            }
            initial.write(to: tensors)
            prepared.run()
            // Compared before they are expected: nobody wants to read the difference of two tensors.
            let same = outputs.map { Array(tensors[$0.name].raw) } == first
            #expect(same, "\(place): a second run differs", sourceLocation: sourceLocation)
            let untouched = inputs.map { Array(tensors[$0.name].raw) } == given
            #expect(untouched, "\(place): it wrote to its inputs", sourceLocation: sourceLocation)
        }
    }
}

extension Tensor {
    /// The elements of an `f32` tensor.
    var elements: [Float] { Array(UnsafeBufferPointer(start: floats, count: count)) }
}

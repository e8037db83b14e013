import Networks
import Tensors
import TestSupport
import Testing
import Workloads

/// A model from text as it stands in the name of a case: `resnet50`, `resolution=64,classes=10`.
func model(_ name: String, _ text: String = "") throws -> any Workload {
    let kind = try #require(ModelCatalog.models.first { $0.schema.name == name }, "no model '\(name)'")
    let given = text.split(separator: ",").map { pair in
        let parts = pair.split(separator: "=", maxSplits: 1).map(String.init)
        return Schema.Given(parts[0], parts.count > 1 ? parts[1] : "")
    }
    return try kind.workload(from: given)
}

/// The largest difference of two outputs over the root mean square of the second.
func difference(_ a: Tensor, _ b: Tensor) -> Double {
    let squares = (0..<b.count).reduce(0.0) { $0 + Double(b.floats[$1]) * Double(b.floats[$1]) }
    let scale = (squares / Double(b.count)).squareRoot()
    return (0..<b.count).map { abs(Double(a.floats[$0]) - Double(b.floats[$0])) / scale }.max() ?? 0
}

/// Expects that every implementation of a model agrees with its reference, layer by layer on plain loops, twice; and that every layer
/// is found right.
func expectAgreement(
    _ name: String, _ text: String, threads: [Int] = [1], sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let model = try model(name, text)
    let tensors = try Operands(allocating: model.operands)
    try model.fill(tensors, seed: 1)
    try model.reference(tensors)
    oneAtATime.lock()
    defer { oneAtATime.unlock() }
    let outputs = model.operands.filter { $0.role == .output }.map(\.name)
    for implementation in model.implementations {
        #expect(implementation.unsupported == nil, sourceLocation: sourceLocation)
        for threads in threads {
            let answer = try tensors.withFreshOutputs(of: model.operands)
            let prepared = try implementation.prepare(answer, implementation.setting(threads: threads))
            for _ in 0..<2 {
                for output in outputs { answer[output].fill { _ in .nan } }
                prepared.run()
                for output in outputs {
                    let error = difference(answer[output], tensors[output])
                    #expect(
                        error <= 1e-4, "\(model.name)/\(implementation.name)/t\(threads): \(output)",
                        sourceLocation: sourceLocation)
                }
            }
            let network = try #require(prepared as? PreparedNetwork, sourceLocation: sourceLocation)
            #expect(throws: Never.self, sourceLocation: sourceLocation) { _ = try network.verify() }
        }
    }
}

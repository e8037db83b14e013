import Kernels
import Tensors
import TestSupport
import Testing
import Workloads

/// Expects that every implementation that multiplies its inputs as they are agrees with the reference on a given input,
/// NaN and infinities included.
func expectAgreement(
    _ kind: Kind, _ text: String, operand: String = "x", sourceLocation: SourceLocation = #_sourceLocation,
    values: (Int) -> Float
) throws {
    let workload = try workload(kind, text)
    let tensors = try Operands(allocating: workload.operands)
    try workload.fill(tensors, seed: 1)
    tensors[operand].fill(values)
    try workload.reference(tensors)
    oneAtATime.lock()
    defer { oneAtATime.unlock() }
    for implementation in workload.implementations where implementation.errorGrowth == 1 {
        let answer = try tensors.withFreshOutputs(of: workload.operands)
        answer["y"].spoil()
        try implementation.prepare(answer, implementation.setting()).run()
        guard let deviation = workload.deviation(of: answer, from: tensors) else { continue }
        #expect(
            deviation.isTolerable, "\(workload.name)/\(implementation.name): \(deviation)",
            sourceLocation: sourceLocation)
    }
}

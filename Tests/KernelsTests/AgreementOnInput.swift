import Kernels
import Tensors
import TestSupport
import Testing
import Workloads

/// Expects that every implementation that multiplies its inputs as they are agrees with the reference on a given input,
/// NaN and infinities included.
func expectAgreement(
    _ kind: Kind, _ text: String, operand: String = "x", threads: [Int] = [1],
    sourceLocation: SourceLocation = #_sourceLocation,
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
        for threads in implementation.threading == .any ? threads : [1] {
            let answer = try tensors.withFreshOutputs(of: workload.operands)
            for output in workload.operands where output.role == .output { answer[output.name].spoil() }
            try implementation.prepare(answer, implementation.setting(threads: threads)).run()
            guard let deviation = workload.deviation(of: answer, from: tensors) else { continue }
            #expect(
                deviation.isTolerable, "\(workload.name)/\(implementation.name)/t\(threads): \(deviation)",
                sourceLocation: sourceLocation)
        }
    }
}

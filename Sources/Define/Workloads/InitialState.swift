import Tensors

/// What the states of a workload were before its first run. What a run computes depends on those before it; so what is compared
/// must begin with the same.
package struct InitialState: Sendable {
    private let states: [String: Tensor]

    /// Copies the states among operands that are filled.
    package init(_ tensors: Operands, of operands: [Operand]) throws(OutOfMemory) {
        var states: [String: Tensor] = [:]
        for operand in operands where operand.role == .state {
            states[operand.name] = try tensors[operand.name].copied()
        }
        self.states = states
    }

    /// Whether there are none.
    package var isEmpty: Bool { states.isEmpty }

    /// Gives the states among operands the values they had.
    package func write(to tensors: Operands) { for (name, before) in states { tensors[name].copy(from: before) } }
}

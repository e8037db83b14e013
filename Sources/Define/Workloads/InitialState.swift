import Tensors

/// The states of a workload before its first run. A run depends on the runs before it, so runs that are compared must
/// begin with the same states.
package struct InitialState: Sendable {
    private let states: [String: Tensor]

    /// Copies the states among filled operands.
    package init(_ tensors: Operands, of operands: [Operand]) throws(OutOfMemory) {
        var states: [String: Tensor] = [:]
        for operand in operands where operand.role == .state {
            states[operand.name] = try tensors[operand.name].copied()
        }
        self.states = states
    }

    /// Whether there are no states.
    package var isEmpty: Bool { states.isEmpty }

    /// Restores the states among operands.
    package func write(to tensors: Operands) { for (name, before) in states { tensors[name].copy(from: before) } }
}

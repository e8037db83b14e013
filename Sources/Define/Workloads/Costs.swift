import Tensors

/// What a workload costs, counted instead of measured.
package struct Costs: Sendable, Hashable {
    package let macs: Int
    package let elementOperations: [ElementOperations]
    /// Elements of all weights that training learns, or in a training step has as states.
    package let parameters: Int
    package let weightBytes: Int
    package let inputBytes: Int
    package let outputBytes: Int
    /// Bytes of inputs on which no output depends.
    package let unreadBytes: Int

    package init(_ workload: any Workload) {
        let operands = workload.operands
        func sum(_ roles: Operand.Role..., of size: (Operand) -> Int) -> Int {
            operands.lazy.filter { roles.contains($0.role) }.reduce(0) { $0 + size($1) }
        }
        macs = workload.macs
        elementOperations = workload.elementOperations
        parameters = sum(.weight, .state) { $0.isLearned ? $0.shape.count : 0 }
        weightBytes = sum(.weight) { $0.bytes }
        // A state is read and written.
        inputBytes = sum(.input, .state) { $0.bytes }
        outputBytes = sum(.output, .state) { $0.bytes }
        unreadBytes = workload.unreadBytes
    }

    /// Two per MAC.
    package var flops: Int { 2 * macs }
    /// Inputs and outputs.
    package var operandBytes: Int { inputBytes + outputBytes }
    /// Bytes moved if outputs are written, and everything that an output depends on is read, exactly once.
    package var leastTraffic: Int { weightBytes + operandBytes - unreadBytes }
    /// FLOPs per byte of the least traffic.
    package var intensity: Double { leastTraffic > 0 ? Double(flops) / Double(leastTraffic) : 0 }
}

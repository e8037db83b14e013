import Tensors
import Workloads

/// Does nothing: its time is the harness's own cost per call.
package struct Null: Kernel {
    package static let schema = Schema("null", "does nothing: the harness's own cost a call", [], example: "")

    package let arguments: Arguments
    package let operands: [Operand] = []
    package let macs = 0
    package let elementOperations: [ElementOperations] = []
    package let reductionLength = 1

    package init(_ arguments: Arguments) { self.arguments = arguments }

    package var implementations: [Implementation] {
        [.direct("plain", "an empty function") { _ in }]
    }

    package func reference(_ tensors: Operands) {}
}

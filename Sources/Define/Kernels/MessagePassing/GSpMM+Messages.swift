import Mutants
import Tensors
import Threads
import Workloads

extension GSpMM {
    /// Writes the messages of a share of the edges.
    func send(_ tensors: Operands, _ share: Share, into messages: UnsafeMutablePointer<Float>) {
        let rows = rows(of: tensors)
        rows.forEachMessage { message in
            for edge in share.range(of: edges) {
                let target = messages + edge * features
                rows.forEachElement(of: edge, numbers: planted(.gatherWeight) ? 0 : edge) { i, u, e in
                    target[i] = message(u, e)
                }
            }
        }
    }
}

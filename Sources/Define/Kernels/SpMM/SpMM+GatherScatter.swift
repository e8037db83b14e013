import Mutants
import Tensors
import Workloads

extension SpMM {
    /// What a framework without a sparse kernel does: it gathers and weights the messages [edges, features] in the
    /// workspace, then adds (or compares) each one at the destination of its edge.
    var gatherScatter: Implementation {
        var workspace = Workspace()
        let messages = workspace.shared(features, parts: edges)
        return Implementation(
            "gather-scatter", "every message stored, then reduced by destination", workspace: workspace
        ) { tensors, _, memory in
            PreparedCall {
                gather(tensors, into: memory[messages])
                reduceRows(tensors, weights: nil) { edge in UnsafePointer(memory[messages, edge]) }
            }
        }
    }

    private func gather(_ tensors: Operands, into messages: UnsafeMutablePointer<Float>) {
        let (x, indices) = (tensors["x"].floats, tensors["indices"].ints)
        let values = tensors.optional("values")?.floats
        for edge in 0..<edges {
            let (source, message) = (x + Int(indices[edge]) * features, messages + edge * features)
            if let values {
                let weight = values[planted(.gatherWeight) ? 0 : edge]
                for i in 0..<features { message[i] = weight * source[i] }
            } else {
                message.update(from: source, count: features)
            }
        }
    }
}

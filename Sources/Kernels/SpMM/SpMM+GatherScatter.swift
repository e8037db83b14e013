import Mutants
import Settings
import Tensors
import Workloads

extension SpMM {
    /// What a framework without a sparse kernel does: the messages [edges, features] are gathered and weighted into the
    /// workspace, then each is added (compared) where its edge leads.
    func gatherScatter(_ tensors: Operands, _: Setting) throws -> any Prepared {
        let messages = try Tensor(floats: edges * features)
        return BufferedCall(workspace: [messages]) { [self] in
            gather(tensors, into: messages.floats)
            reduceRows(tensors, weights: nil) { edge in UnsafePointer(messages.floats + edge * features) }
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

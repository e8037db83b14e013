import Tensors
import Workloads

/// A network bound to its tensors.
package final class PreparedNetwork: Prepared {
    package let plan: NetworkPlan
    /// The inputs, weights, states and outputs of the network.
    let model: Operands
    /// The tensor of every feature map, by its number.
    let features: [Int: Tensor]
    /// One per layer, in order.
    package let layers: [any Prepared]
    /// Those that run in every call.
    private let repeated: [any Prepared]

    init(_ plan: NetworkPlan, _ model: Operands, _ features: [Int: Tensor], _ layers: [any Prepared]) {
        self.plan = plan
        self.model = model
        self.features = features
        self.layers = layers
        repeated = zip(plan.graph.layers, layers).filter { !$0.0.runsOnce }.map(\.1)
        for (layer, prepared) in zip(plan.graph.layers, layers) where layer.runsOnce { prepared.run() }
    }

    package func run() { for layer in repeated { layer.run() } }
}

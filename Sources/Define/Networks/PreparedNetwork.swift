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
    /// Those that run in every call, and whether their weights change from call to call.
    private let repeated: [(layer: any Prepared, isTrained: Bool)]

    init(_ plan: NetworkPlan, _ model: Operands, _ features: [Int: Tensor], _ layers: [any Prepared]) {
        self.plan = plan
        self.model = model
        self.features = features
        self.layers = layers
        repeated = zip(plan.graph.layers, layers).filter { !$0.0.runsOnce }.map { ($1, $0.hasTrainedWeights) }
        for (layer, prepared) in zip(plan.graph.layers, layers) where layer.runsOnce { prepared.run() }
    }

    /// Whether a run changes weights.
    package var isTrained: Bool { repeated.contains(where: \.isTrained) }

    package func run() {
        for (layer, isTrained) in repeated {
            if isTrained { layer.renew() }
            layer.run()
        }
    }
}

import Kernels
import Workloads

extension Pass {
    /// What gives back what it gets is left out: dropout at inference.
    static let dropIdentity = Pass(name: "drop-identity", summary: "dropout and other identities are left out") {
        graph throws(ShapeError) in
        for index in graph.layers.indices.reversed() {
            let layer = graph.layers[index]
            guard layer.workload is Identity, let input = layer.inputs["x"],
                !graph.outputs.contains(where: { $0.feature == layer.output })
            else { continue }
            graph.replace(layer.output, by: input)
            graph.remove(layer: index)
        }
    }
}

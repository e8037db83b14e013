import Networks
import Results
import Settings
import Workloads

extension RunPlan {
    /// The plan of a prepared network, in the form that records keep.
    init(_ plan: NetworkPlan) {
        let graph = plan.graph
        var operands: [Int: String] = [:]
        for (name, feature) in graph.inputs { operands[feature] = name }
        for output in graph.outputs { operands[output.feature] = output.operand.name }
        let layers = zip(graph.layers, plan.implementations).map { layer, implementation in
            Layer(
                name: layer.name, kernel: layer.kernel, shape: layer.workload.brief,
                implementation: implementation.name,
                reads: Set(layer.inputs.values).sorted(), writes: layer.outputs.map(\.feature))
        }
        let used = Set(layers.flatMap { $0.reads + $0.writes }).sorted()
        self.init(
            passes: plan.passes, layers: layers,
            places: used.map { number in
                let feature = graph.features[number]
                return Place(
                    feature: number, element: feature.element.rawValue, bytes: feature.bytes,
                    offset: plan.memory.offsets[number], operand: feature.state ?? operands[number])
            }, blockBytes: plan.memory.bytes, leastBytes: plan.memory.lowerBound)
    }
}

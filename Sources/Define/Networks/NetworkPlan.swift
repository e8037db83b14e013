import Settings
import Tensors
import Workloads

/// How a graph is run: an implementation for every layer, and a place for every feature map.
package struct NetworkPlan: Sendable {
    /// The graph to run, after the passes.
    package let graph: Graph
    /// The names of the passes that made it.
    package let passes: [String]
    /// The graph that must be computed, as the model's code wrote it.
    package let written: Graph
    /// One per layer.
    package let implementations: [Implementation]
    package let memory: MemoryPlan

    /// Throws if a layer has no implementation.
    /// - Parameters:
    ///   - written: the graph before the passes.
    ///   - choices: implementations of single layers, by layer number.
    ///   - passes: the names of the passes that made the graph.
    ///   - memory: the memory plan of the graph, if it is known.
    package init(
        _ graph: Graph, written: Graph, preferring name: String, choices: [Int: Implementation] = [:],
        passes: [String] = [], memory: MemoryPlan? = nil
    ) throws(ShapeError) {
        self.graph = graph
        self.passes = passes
        self.written = written
        self.memory = memory ?? MemoryPlan(graph)
        var chosen: [Implementation] = []
        for (index, layer) in graph.layers.enumerated() {
            if let choice = choices[index] {
                chosen.append(choice)
                continue
            }
            let able = try PlantedFaults.layer(layer).allImplementations.filter {
                $0.unsupported == nil && (!layer.hasTrainedWeights || $0.renews || $0.workspace.packedBytes == 0)
            }
            let wanted = layer.workload.implementation(preferring: name)
            guard let implementation = able.first(where: { $0.name == wanted }) ?? able.first else {
                throw ShapeError("layer '\(layer.name)' has no implementation", remedy: "use another shape")
            }
            chosen.append(implementation)
        }
        implementations = chosen
    }

    /// The factor by which the output's rounding error may exceed that of one plain sum. Errors of layers have
    /// independent signs, so they grow with the root of their number. Each layer is allowed the error of Winograd,
    /// because the layers after it may enlarge its error.
    package var errorGrowth: Double {
        max(8, implementations.map(\.errorGrowth).max() ?? 1) * Double(implementations.count).squareRoot()
    }

    /// The multiply-adds of all layers as they are executed.
    package var executedMACs: Int {
        zip(graph.layers, implementations).reduce(0) { $0 + ($1.1.executedMACs ?? $1.0.workload.necessaryMACs) }
    }

    /// Allocates, computes the weights that passes made, and packs.
    package func prepare(_ model: Operands, _ setting: Setting) throws -> PreparedNetwork {
        let arena = try Tensor(floats: memory.bytes / 4)
        var features: [Int: Tensor] = [:]
        for (name, feature) in graph.inputs { features[feature] = model[name] }
        for output in graph.outputs { features[output.feature] = model[output.operand.name] }
        for (number, feature) in graph.features.enumerated() {
            if let state = feature.state { features[number] = model[state] }
            guard let offset = memory.offsets[number] else { continue }
            features[number] = Tensor(in: arena, at: offset, feature.element, .vector(feature.count))
        }
        let layers = try graph.layers.indices.map { index in
            let (layer, implementation) = (graph.layers[index], implementations[index])
            let prepared = try implementation.prepare(
                try layer.operands(of: model) { features[$0] }, implementation.setting(within: setting))
            let output = layer.outputs.first.flatMap { features[$0.feature] }
            return PlantedFaults.layer(prepared, index, of: graph, output: output)
        }
        return PreparedNetwork(self, model, features, layers)
    }
}

import Tensors
import Workloads

/// Runs a graph, or a part of it, layer by layer by the references of the kernels: the judge of everything that passes,
/// plans and fast kernels make of it.
struct ReferenceRun {
    let graph: Graph

    init(_ graph: Graph) { self.graph = graph }

    /// Computes the outputs of the network.
    func run(_ model: Operands) throws {
        var outputs: [Int: Tensor] = [:]
        for output in graph.outputs { outputs[output.feature] = model[output.operand.name] }
        try compute(outputs, from: inputs(model), model)
    }

    /// The feature maps that come from outside.
    func inputs(_ model: Operands) -> [Int: Tensor] {
        Dictionary(uniqueKeysWithValues: graph.inputs.map { ($1, model[$0]) })
    }

    /// Computes some feature maps from others. A map in between is freed after its last reader.
    ///
    /// - Parameter known: maps that hold their values. All that is computed must follow from them.
    func compute(_ wanted: [Int: Tensor], from known: [Int: Tensor], _ model: Operands) throws {
        let steps = layers(from: known.keys, to: wanted.keys)
        var last: [Int: Int] = [:]
        for index in steps { for feature in graph.layers[index].inputs.values { last[feature] = index } }
        var features = known.merging(wanted) { $1 }
        for index in steps {
            let layer = graph.layers[index]
            if features[layer.output] == nil { features[layer.output] = try Tensor(floats: graph.counts[layer.output]) }
            try layer.workload.reference(try layer.operands(of: model) { features[$0] })
            for feature in layer.inputs.values where last[feature] == index { features[feature] = nil }
        }
    }

    /// The layers that lie between feature maps that are known and others, in their order.
    func layers(from known: some Sequence<Int>, to wanted: some Sequence<Int>) -> [Int] {
        let known = Set(known)
        var needed = Set(wanted)
        return graph.layers.indices.reversed().filter { index in
            let layer = graph.layers[index]
            guard needed.contains(layer.output), !known.contains(layer.output) else { return false }
            needed.formUnion(layer.inputs.values)
            return true
        }.reversed()
    }
}

extension Layer {
    /// The tensors of the layer by the names of the kernel's operands; those of feature maps are given.
    func operands(of model: Operands, feature: (Int) -> Tensor?) throws(OutOfMemory) -> Operands {
        var tensors: [String: Tensor] = [outputOperand: feature(output)].compactMapValues { $0 }
        for (operand, number) in inputs { tensors[operand] = feature(number) }
        for (operand, weight) in weights { tensors[operand] = try weight.tensor(model) }
        return Operands(tensors)
    }
}

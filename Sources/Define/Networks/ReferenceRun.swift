import Tensors
import Workloads

/// Runs a graph, or a part of it, layer by layer with the references of the kernels. Everything that passes, plans and
/// fast kernels make of the graph is judged by it.
struct ReferenceRun {
    let graph: Graph
    /// The layer that writes each feature map.
    private var writers: [Int: Int] = [:]

    init(_ graph: Graph) {
        self.graph = graph
        for (index, layer) in graph.layers.enumerated() {
            for output in layer.outputs { writers[output.feature] = index }
        }
    }

    /// Computes the outputs of the network, and the new values of its states.
    func run(_ model: Operands) throws {
        var (known, wanted) = (inputs(model), [Int: Tensor]())
        for output in graph.outputs { wanted[output.feature] = model[output.operand.name] }
        for (name, state) in graph.states {
            known[state.first] = try model[name].copied()
            if state.last != state.first { wanted[state.last] = model[name] }
        }
        try compute(wanted, from: known, model)
    }

    /// The feature maps that come from outside.
    func inputs(_ model: Operands) -> [Int: Tensor] {
        Dictionary(uniqueKeysWithValues: graph.inputs.map { ($1, model[$0]) })
    }

    /// Computes some feature maps from others. A map in between is freed after its last reader.
    ///
    /// - Parameter known: maps that hold their values. All computed maps must follow from them.
    func compute(_ wanted: [Int: Tensor], from known: [Int: Tensor], _ model: Operands) throws {
        let steps = layers(from: Set(known.keys), to: wanted.keys)
        var last: [Int: Int] = [:]
        for index in steps { for feature in graph.layers[index].inputs.values { last[feature] = index } }
        var features = known.merging(wanted) { $1 }
        for index in steps {
            let layer = graph.layers[index]
            try run(layer, &features, model)
            for feature in layer.inputs.values where last[feature] == index { features[feature] = nil }
            for output in layer.outputs where last[output.feature] == nil { features[output.feature] = nil }
        }
    }

    /// Computes one layer from feature maps that hold their values. Allocates its outputs if they are missing.
    func run(_ layer: Layer, _ features: inout [Int: Tensor], _ model: Operands) throws {
        for output in layer.outputs {
            let tensor = try features[output.feature] ?? graph.features[output.feature].tensor()
            // A state is changed in place, so it begins with its old value.
            if let before = layer.inputs[output.operand].flatMap({ features[$0] }) { tensor.copy(from: before) }
            features[output.feature] = tensor
        }
        try layer.workload.reference(try layer.operands(of: model) { features[$0] })
    }

    /// The layers between known feature maps and others, in order.
    func layers(from known: Set<Int>, to wanted: some Sequence<Int>) -> [Int] {
        var (found, open) = (Set<Int>(), Array(wanted))
        while let feature = open.popLast() {
            guard !known.contains(feature), let writer = writers[feature], found.insert(writer).inserted else {
                continue
            }
            open += graph.layers[writer].inputs.values
        }
        return found.sorted()
    }
}

extension Graph.Feature {
    /// Allocates memory for it.
    func tensor() throws(OutOfMemory) -> Tensor { try Tensor(element, .vector(count)) }
}

extension Layer {
    /// The tensors of the layer by the kernel's operand names; `feature` returns those of feature maps. For a state it
    /// is the one after the layer.
    func operands(of model: Operands, feature: (Int) -> Tensor?) throws(OutOfMemory) -> Operands {
        var tensors = inputs.compactMapValues(feature)
        for output in outputs { tensors[output.operand] = feature(output.feature) }
        for (operand, weight) in weights { tensors[operand] = try weight.tensor(model) }
        return Operands(tensors)
    }
}

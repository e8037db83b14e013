import Tensors
import Workloads

/// Runs a graph, or a part of it, layer by layer by the references of the kernels: the judge of everything that passes,
/// plans and fast kernels make of it.
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

    /// Computes the outputs of the network, and what becomes of its states.
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
    /// - Parameter known: maps that hold their values. All that is computed must follow from them.
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

    /// Computes one layer from feature maps that hold their values. Those that it writes are allocated where there are none.
    func run(_ layer: Layer, _ features: inout [Int: Tensor], _ model: Operands) throws {
        for output in layer.outputs {
            let tensor = try features[output.feature] ?? graph.features[output.feature].tensor()
            // A state is changed, and so begins as it was.
            if let before = layer.inputs[output.operand].flatMap({ features[$0] }) { tensor.copy(from: before) }
            features[output.feature] = tensor
        }
        try layer.workload.reference(try layer.operands(of: model) { features[$0] })
    }

    /// The layers that lie between feature maps that are known and others, in their order.
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
    /// Memory for it.
    func tensor() throws(OutOfMemory) -> Tensor { try Tensor(element, .vector(count)) }
}

extension Layer {
    /// The tensors of the layer by the names of the kernel's operands; those of feature maps are given. A state is that which the
    /// layer leaves.
    func operands(of model: Operands, feature: (Int) -> Tensor?) throws(OutOfMemory) -> Operands {
        var tensors = inputs.compactMapValues(feature)
        for output in outputs { tensors[output.operand] = feature(output.feature) }
        for (operand, weight) in weights { tensors[operand] = try weight.tensor(model) }
        return Operands(tensors)
    }
}

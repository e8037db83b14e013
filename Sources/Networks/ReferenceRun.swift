import Tensors
import Workloads

/// Runs a graph as it is, layer by layer, by the references of the kernels: the judge of everything that passes, plans and
/// fast kernels make of it.
struct ReferenceRun {
    let graph: Graph

    init(_ graph: Graph) { self.graph = graph }

    /// Fills the outputs. A feature map is freed after its last reader.
    func run(_ model: Operands) throws {
        let lives = Lifetimes(graph)
        var features: [Int: Tensor] = [:]
        for (name, feature) in graph.inputs { features[feature] = model[name] }
        for output in graph.outputs { features[output.feature] = model[output.operand.name] }
        for (index, layer) in graph.layers.enumerated() {
            if features[layer.output] == nil { features[layer.output] = try Tensor(floats: graph.counts[layer.output]) }
            try layer.workload.reference(try layer.operands(of: model) { features[$0] })
            for feature in layer.inputs.values where lives[feature].last == index { features[feature] = nil }
        }
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

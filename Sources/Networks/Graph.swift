import Tensors
import Workloads

/// A network: layers in the order in which they run, and the feature maps between them.
package struct Graph: Sendable {
    /// Every layer reads only what stands before it.
    package var layers: [Layer] = []
    /// Elements of each feature map, by its number.
    package private(set) var counts: [Int] = []
    /// Tensors that come from outside: the input and the weights, under their public names, each once.
    package private(set) var operands: [Operand] = []
    /// Which feature maps go in.
    package private(set) var inputs: [String: Int] = [:]
    /// Which feature maps go out.
    package private(set) var outputs: [(operand: Operand, feature: Int)] = []

    package init() {}

    /// Adds a feature map of so many elements. Returns its number.
    mutating func addFeature(count: Int) -> Int {
        counts.append(count)
        return counts.count - 1
    }

    mutating func addInput(_ operand: Operand) -> Int {
        let feature = addFeature(count: operand.shape.count)
        operands.append(operand)
        inputs[operand.name] = feature
        return feature
    }

    /// Adds a weight, or nothing where another layer that shares it has.
    mutating func addWeight(_ operand: Operand) {
        guard let known = operands.first(where: { $0.name == operand.name }) else { return operands.append(operand) }
        precondition(known == operand, "two weights of the model are called '\(operand.name)'")
    }

    mutating func addOutput(_ operand: Operand, feature: Int) { outputs.append((operand, feature)) }

    // MARK: What passes ask

    /// The layer that writes a feature map; nil for an input.
    package func producer(of feature: Int) -> Int? { layers.firstIndex { $0.output == feature } }

    /// The layers that read a feature map.
    package func consumers(of feature: Int) -> [Int] {
        layers.indices.filter { layers[$0].inputs.values.contains(feature) }
    }

    /// The layer that alone reads what a layer writes, where nobody outside does either.
    package func onlyConsumer(of layer: Int) -> Int? {
        let feature = layers[layer].output
        guard !outputs.contains(where: { $0.feature == feature }) else { return nil }
        let readers = consumers(of: feature)
        return readers.count == 1 ? readers[0] : nil
    }

    /// Takes out a layer whose output another one writes now, or nobody reads.
    mutating func remove(layer: Int) { layers.remove(at: layer) }

    /// Lets everyone who reads a feature map read another instead.
    mutating func replace(_ feature: Int, by other: Int) {
        for index in layers.indices {
            for (operand, read) in layers[index].inputs where read == feature {
                layers[index].inputs[operand] = other
            }
        }
        for index in outputs.indices where outputs[index].feature == feature { outputs[index].feature = other }
    }
}

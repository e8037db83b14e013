import Settings
import Tensors
import Workloads

/// A network: layers in the order in which they run, and the feature maps between them.
///
/// A state is a tensor that lives from run to run. Each layer that changes it reads one feature map and writes another,
/// so every value that it has during a run has its own number. All of them are in the memory of the state.
package struct Graph: Sendable {
    /// What is between layers, goes in, comes out, or stays from run to run.
    package struct Feature: Sendable, Hashable {
        package let element: ElementType
        package let count: Int
        /// The name of the state that it is a value of, else nil.
        package let state: String?

        package var bytes: Int { count * element.size }
    }

    /// Every layer reads only what comes before it.
    package var layers: [Layer] = []
    /// Each feature map, by its number.
    package private(set) var features: [Feature] = []
    /// Tensors that come from outside: inputs, weights and states under their public names, each once.
    package private(set) var operands: [Operand] = []
    /// The feature maps that go in.
    package private(set) var inputs: [String: Int] = [:]
    /// The feature maps that go out.
    package private(set) var outputs: [(operand: Operand, feature: Int)] = []
    /// The feature maps of each state when a run begins, and when it ends.
    package private(set) var states: [String: (first: Int, last: Int)] = [:]
    /// The index of each operand.
    private var places: [String: Int] = [:]

    package init() {}

    /// Adds a feature map. Returns its number.
    mutating func addFeature(like operand: Operand, state: String? = nil) -> Int {
        features.append(Feature(element: operand.element, count: operand.shape.count, state: state))
        return features.count - 1
    }

    /// Adds a feature map of `f32`. Returns its number.
    mutating func addFeature(count: Int) -> Int {
        features.append(Feature(element: .f32, count: count, state: nil))
        return features.count - 1
    }

    mutating func addInput(_ operand: Operand) -> Int {
        let feature = addFeature(like: operand)
        add(operand)
        inputs[operand.name] = feature
        return feature
    }

    /// Adds a state, with its value when a run begins.
    mutating func addState(_ operand: Operand) -> Int {
        let feature = addFeature(like: operand, state: operand.name)
        add(operand)
        states[operand.name] = (feature, feature)
        return feature
    }

    /// Adds the new value that a layer gives a state. The operand has the state's name.
    mutating func changeState(_ operand: Operand) -> Int {
        let feature = addFeature(like: operand, state: operand.name)
        states[operand.name]?.last = feature
        return feature
    }

    /// Adds a weight, unless another layer that shares it has added it.
    mutating func addWeight(_ operand: Operand) {
        guard let place = places[operand.name] else { return add(operand) }
        precondition(operands[place] == operand, "two tensors of the model are called '\(operand.name)'")
    }

    /// Makes a weight a state. Returns the feature map of its value when a run begins.
    mutating func train(_ name: String) -> Int {
        guard let place = places[name] else { preconditionFailure("no weight '\(name)'") }
        operands[place] = operands[place].trained
        let feature = addFeature(like: operands[place], state: name)
        states[name] = (feature, feature)
        return feature
    }

    /// Takes the outputs back. Returns them.
    mutating func takeOutputs() -> [(operand: Operand, feature: Int)] {
        defer { outputs = [] }
        return outputs
    }

    mutating func addOutput(_ operand: Operand, feature: Int) { outputs.append((operand, feature)) }

    private mutating func add(_ operand: Operand) {
        precondition(places[operand.name] == nil, "two tensors of the model are called '\(operand.name)'")
        places[operand.name] = operands.count
        operands.append(operand)
    }
}

import Kernels
import Workloads

/// Writes the layers that compute gradients behind those of a graph. What a kernel's gradients are is said beside the kernel: see
/// `Differentiable`.
struct Differentiation {
    private let net: GraphBuilder
    /// The graph before gradients are added.
    private let forward: Graph
    /// Feature maps that depend on what gradients are wanted of.
    private let isNeeded: [Bool]
    /// Feature maps that stay as they are from call to call.
    private var constants: Set<Int>
    /// The gradient of each feature map, as far as it is known: the sum over the layers that read it.
    private var gradients: [Int: FeatureMap] = [:]
    /// What depends on a graph alone, by workload and inputs: layers on one graph share it.
    private var shared: [Shared: [String: FeatureMap]] = [:]

    private struct Shared: Hashable {
        let workload: String
        let inputs: [String: FeatureMap]
    }

    /// - Parameters:
    ///   - net: the builder to go on with.
    ///   - wanted: the feature maps of which gradients are wanted.
    init(_ net: GraphBuilder, to wanted: some Sequence<Int>) {
        self.net = net
        forward = net.graph
        var isNeeded = forward.features.map { _ in false }
        for feature in wanted { isNeeded[feature] = true }
        var constants = Set(forward.inputs.values)
        for layer in forward.layers {
            if layer.runsOnce {
                constants.formUnion(layer.outputs.map(\.feature))
            } else if layer.inputs.values.contains(where: { isNeeded[$0] }) {
                for output in layer.outputs { isNeeded[output.feature] = true }
            }
        }
        self.isNeeded = isNeeded
        self.constants = constants
    }

    /// Adds the layers, from the last one of the graph to the first.
    ///
    /// - Parameter seeds: the gradients of some feature maps.
    /// - Returns: the gradient of each feature map that has one. A map on which no seed depends has none.
    mutating func run(from seeds: [Int: FeatureMap]) throws(ShapeError) -> [Int: FeatureMap] {
        gradients = seeds
        for layer in forward.layers.reversed() where !layer.runsOnce {
            let wanted = layer.inputs.filter { isNeeded[$0.value] }
            guard !wanted.isEmpty, layer.outputs.contains(where: { gradients[$0.feature] != nil }) else { continue }
            do {
                try add(layer, Set(wanted.keys))
            } catch {
                throw ShapeError("layer '\(layer.name)': \(error.message)", remedy: error.remedy)
            }
        }
        return gradients
    }

    /// Adds the layers behind one layer.
    private mutating func add(_ layer: Layer, _ wanted: Set<String>) throws(ShapeError) {
        guard let workload = layer.workload as? any Differentiable else {
            throw ShapeError(
                "there are no gradients of \(layer.kernel) yet", remedy: "train a model without such a layer")
        }
        let backward = try workload.backward(to: wanted)
        var made: [[String: FeatureMap]] = []
        for step in backward.steps {
            var inputs: [String: FeatureMap] = [:]
            for (operand, source) in step.reads { inputs[operand] = try map(source, of: layer, made) }
            made.append(try add(step, inputs, of: layer))
        }
        for operand in wanted.sorted() {
            guard let source = backward.gradients[operand], let feature = layer.inputs[operand] else { continue }
            let gradient = try map(source, of: layer, made)
            guard let known = gradients[feature] else {
                gradients[feature] = gradient
                continue
            }
            gradients[feature] = try net.scope(layer.name) { () throws(ShapeError) in try net.add(known, gradient) }
        }
    }

    private mutating func add(
        _ step: Backward.Step, _ inputs: [String: FeatureMap], of layer: Layer
    ) throws(ShapeError) -> [String: FeatureMap] {
        let key = Shared(workload: step.workload.name, inputs: inputs)
        if step.isOfGraph, let known = shared[key] { return known }
        let isConstant = step.isOfGraph && inputs.values.allSatisfy { constants.contains($0.number) }
        let outputs = try net.cached(isConstant) { () throws(ShapeError) in
            try net.outputs(of: "\(layer.name).\(step.name)", step.workload, inputs: inputs)
        }
        let maps = Dictionary(uniqueKeysWithValues: outputs.map { ($0.operand, $0.map) })
        if step.isOfGraph { shared[key] = maps }
        if isConstant { constants.formUnion(maps.values.map(\.number)) }
        return maps
    }

    /// The feature map of what a step reads.
    private func map(
        _ source: Backward.Source, of layer: Layer, _ made: [[String: FeatureMap]]
    ) throws(ShapeError) -> FeatureMap {
        func feature(_ name: String) -> Int? {
            layer.inputs[name] ?? layer.outputs.first { $0.operand == name }?.feature
        }
        switch source {
        case .operand(let name):
            guard let number = feature(name) else { throw net.mistake("'\(name)' is no feature map") }
            return net.map(number)
        case .gradient(let name):
            guard let gradient = feature(name).flatMap({ gradients[$0] }) else {
                throw ShapeError("the loss does not depend on its output '\(name)'", remedy: "train another model")
            }
            return gradient
        case .step(let number, let output):
            guard let map = made[number][output] else { throw net.mistake("no step writes '\(output)'") }
            return map
        }
    }
}

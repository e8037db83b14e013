import Tensors
import Workloads

/// Makes a graph layer by layer. Shapes follow from what goes in; what does not fit is an error that names the layer.
package final class GraphBuilder {
    package private(set) var graph = Graph()
    private var path: [String] = []

    package init() {}

    /// What comes from outside.
    package func input(_ name: String, _ extents: [Int], layout: String) throws(ShapeError) -> FeatureMap {
        let operand = try Operand.input(name, extents, layout: layout)
        return FeatureMap(number: graph.addInput(operand), extents: extents)
    }

    /// What the network is asked for.
    package func output(_ name: String, _ map: FeatureMap, layout: String) throws(ShapeError) {
        graph.addOutput(try .output(name, map.extents, layout: layout), feature: map.number)
    }

    /// Names inside begin with this one: `layer1`, then `0`, then `conv1`.
    package func scope<T>(_ name: String, _ body: () throws(ShapeError) -> T) throws(ShapeError) -> T {
        path.append(name)
        defer { path.removeLast() }
        return try body()
    }

    /// Adds a layer: a kernel with these parameters, by key or word, on these feature maps, by the names of its input operands.
    ///
    /// Its weights become weights of the model, `path.name.operand`; `renamed` says where the model calls one otherwise, with
    /// an empty name for the layer itself (`class_token`). `flattened` is for a convolution whose weight the model has as that
    /// of a linear layer, [outputs, inputs].
    /// - Returns: what it writes, with the extents of the kernel's output operand.
    package func layer(
        _ name: String, _ kernel: Kind, _ parameters: [(String, any CustomStringConvertible)],
        inputs: [String: FeatureMap], renamed: [String: String] = [:], flattened: Bool = false
    ) throws(ShapeError) -> FeatureMap {
        let whole = (path + (name.isEmpty ? [] : [name])).joined(separator: ".")
        do {
            let given = parameters.map { Schema.Given($0.0, $0.1.description) }
            return try add(whole, try kernel.workload(from: given), inputs, renamed, flattened)
        } catch {
            // The kernel of a layer is the model's; what a window must fit into is whose model it is to choose.
            let remedy = error.parameter == "kernel" ? "use a larger image" : error.remedy
            throw ShapeError("layer '\(whole)': \(error.message)", remedy: remedy)
        }
    }

    private func add(
        _ name: String, _ workload: any Workload, _ inputs: [String: FeatureMap], _ renamed: [String: String],
        _ flattened: Bool
    ) throws(ShapeError) -> FeatureMap {
        var weights: [String: Weight] = [:]
        var output: Operand?
        for operand in workload.operands {
            switch operand.role {
            case .input:
                guard let map = inputs[operand.name], map.count == operand.shape.count else {
                    let given = inputs[operand.name].map { $0.extents.map(String.init).joined(separator: "x") }
                    throw ShapeError(
                        "its input '\(operand.name)' is \(operand.shape), but \(given ?? "nothing") comes in",
                        remedy: "this is a mistake in the model: report it with the name of the case")
                }
            case .weight:
                let path = [name, renamed[operand.name] ?? operand.name].filter { !$0.isEmpty }
                var named = operand.named(path.joined(separator: "."))
                if flattened, named.shape.extents.count > 1 {
                    let outputs = named.shape.extents[0]
                    named = named.reshaped([outputs, named.shape.count / outputs], layout: "NK")
                }
                graph.addWeight(named)
                weights[operand.name] = .given(named.name)
            case .output: output = operand
            }
        }
        guard let output else { throw ShapeError("it has no output", remedy: "use another kernel") }
        let feature = graph.addFeature(count: output.shape.count)
        graph.layers.append(
            Layer(
                name: name, workload: workload, inputs: inputs.mapValues(\.number), weights: weights, output: feature))
        return FeatureMap(number: feature, extents: output.shape.extents)
    }
}

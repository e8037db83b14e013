import Workloads

/// Implementations that the user chooses for single layers, by name: the parameter `layers` of a model.
struct LayerChoices {
    private struct Choice {
        /// The name of a layer, or of a module that holds layers: `layer1.0`.
        let name: String
        let implementation: String
    }

    private let choices: [Choice]

    init(_ arguments: Arguments) {
        choices = arguments.words("layers").map { text in
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            return Choice(name: parts[0], implementation: parts[1])
        }
    }

    /// The chosen implementation of each layer, by layer number. If two choices match a layer, the later one counts. A
    /// layer chosen by its own name must have the implementation; in a module, at least one layer must.
    func resolved(on graph: Graph) throws(ShapeError) -> [Int: Implementation] {
        var resolved: [Int: Implementation] = [:]
        for choice in choices {
            let named = graph.layers.indices.filter { graph.layers[$0].name == choice.name }
            let meant =
                named.isEmpty
                ? graph.layers.indices.filter { graph.layers[$0].name.hasPrefix(choice.name + ".") } : named
            guard !meant.isEmpty else {
                throw ShapeError(
                    "no layer or module '\(choice.name)' is left after the passes", parameter: "layers",
                    remedy: Spelling.suggestion(for: choice.name, among: graph.layers.map(\.name)))
            }
            let found = meant.map { (layer: $0, able: implementation(choice.implementation, of: graph.layers[$0])) }
            guard found.contains(where: { $0.able != nil }) else {
                throw refusal(of: choice, layers: meant.map { graph.layers[$0] })
            }
            for case (let layer, let able?) in found { resolved[layer] = able }
        }
        return resolved
    }

    private func implementation(_ name: String, of layer: Layer) -> Implementation? {
        layer.workload.allImplementations.first { $0.name == name && $0.unsupported == nil }
    }

    private func refusal(of choice: Choice, layers: [Layer]) -> ShapeError {
        let all = layers.flatMap(\.workload.allImplementations)
        if let reason = all.first(where: { $0.name == choice.implementation })?.unsupported {
            return ShapeError(
                "'\(choice.implementation)' does not compute layer '\(choice.name)': \(reason)", parameter: "layers",
                remedy: "choose another implementation for it")
        }
        return ShapeError(
            "layer '\(choice.name)' has no implementation '\(choice.implementation)'", parameter: "layers",
            remedy: Spelling.suggestion(for: choice.implementation, among: Set(all.map(\.name)).sorted()))
    }
}

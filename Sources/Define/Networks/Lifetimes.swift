/// From which layer to which each feature map is alive. Inputs are alive before the first layer, outputs after the
/// last. What a layer that runs only once writes is alive all the time. States are not covered, because they are always alive.
struct Lifetimes {
    struct Life {
        /// The layer that writes it; -1 for an input.
        var first: Int
        /// The last layer that reads it; the number of layers for an output.
        var last: Int
    }

    private var lives: [Life]

    init(_ graph: Graph) {
        lives = Array(repeating: Life(first: -1, last: -1), count: graph.features.count)
        for (index, layer) in graph.layers.enumerated() {
            for output in layer.outputs {
                lives[output.feature] = Life(first: layer.runsOnce ? 0 : index, last: index)
            }
            for feature in layer.inputs.values { lives[feature].last = index }
        }
        for layer in graph.layers where layer.runsOnce {
            for output in layer.outputs { lives[output.feature].last = graph.layers.count }
        }
        for output in graph.outputs { lives[output.feature].last = graph.layers.count }
    }

    subscript(feature: Int) -> Life { lives[feature] }
}

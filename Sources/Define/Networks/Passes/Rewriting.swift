/// A graph while passes change it. Its layers keep their numbers until all passes are done, and who writes and who reads a
/// feature map is known without a search.
package struct Rewriting {
    private let written: Graph
    private var layers: [Layer?]
    /// The layer that writes each feature map.
    private var writers: [Int?]
    /// The layers that read each feature map.
    private var readers: [Set<Int>]
    /// Feature maps that someone outside asks for: outputs, and states.
    private let isKept: [Bool]

    package init(_ graph: Graph) {
        written = graph
        layers = Array(repeating: nil, count: graph.layers.count)
        writers = Array(repeating: nil, count: graph.features.count)
        readers = Array(repeating: [], count: graph.features.count)
        var isKept = graph.features.map { $0.state != nil }
        for output in graph.outputs { isKept[output.feature] = true }
        self.isKept = isKept
        for (number, layer) in graph.layers.enumerated() { self[number] = layer }
    }

    /// What is left.
    package var graph: Graph {
        var graph = written
        graph.layers = layers.compactMap { $0 }
        return graph
    }

    /// The numbers of all layers, of those too that are gone.
    package var numbers: Range<Int> { layers.indices }

    /// The layer of a number; nil where it is gone. Nil takes it out: nobody may read what it alone writes.
    package subscript(number: Int) -> Layer? {
        get { layers[number] }
        set {
            if let old = layers[number] {
                for feature in old.inputs.values { readers[feature].remove(number) }
                for output in old.outputs where writers[output.feature] == number { writers[output.feature] = nil }
            }
            layers[number] = newValue
            if let new = newValue {
                for feature in new.inputs.values { readers[feature].insert(number) }
                for output in new.outputs { writers[output.feature] = number }
            }
        }
    }

    /// Whether someone outside asks for a feature map, or it lives on after the run.
    func isKept(_ feature: Int) -> Bool { isKept[feature] }

    func isState(_ feature: Int) -> Bool { written.features[feature].state != nil }

    /// The layer that writes a feature map; nil for what comes from outside.
    package func producer(of feature: Int) -> Int? { writers[feature] }

    /// The layer that alone reads what a layer writes, where that is one feature map and nobody outside asks for it.
    package func onlyConsumer(of layer: Int) -> Int? {
        guard let feature = layers[layer]?.onlyOutput, !isKept[feature], readers[feature].count == 1 else { return nil }
        return readers[feature].first
    }

    /// Puts a layer in the place of itself and of one that reads it: it writes what that one wrote.
    mutating func replace(_ number: Int, by layer: Layer, absorbing next: Int) {
        var layer = layer
        if let feature = layers[next]?.onlyOutput { layer.outputs[0].feature = feature }
        self[number] = layer
        self[next] = nil
    }

    /// Lets every layer that reads a feature map read another instead.
    mutating func redirect(readersOf feature: Int, to other: Int) {
        for number in readers[feature] {
            guard var layer = layers[number] else { continue }
            layer.inputs = layer.inputs.mapValues { $0 == feature ? other : $0 }
            self[number] = layer
        }
    }
}

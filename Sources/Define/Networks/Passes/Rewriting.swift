/// A graph while passes change it. Layers keep their numbers until all passes are done. The writers and readers of a
/// feature map are known without a search.
package struct Rewriting {
    private var written: Graph
    private var layers: [Layer?]
    /// The layer that writes each feature map.
    private var writers: [Int?]
    /// The layers that read each feature map.
    private var readers: [Set<Int>]
    /// Feature maps that are needed outside: outputs and states.
    private var isKept: [Bool]

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

    /// The graph with the remaining layers.
    package var graph: Graph {
        var graph = written
        graph.layers = layers.compactMap { $0 }
        return graph
    }

    /// The numbers of all layers, including removed ones.
    package var numbers: Range<Int> { layers.indices }

    /// The layer with a number; nil if it was removed. Setting nil removes it: then nobody may read what only it wrote.
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

    /// Every feature map, by its number.
    var features: [Graph.Feature] { written.features }

    /// Adds a feature map of `f32` that the written graph does not have. Returns its number.
    mutating func addFeature(count: Int) -> Int {
        writers.append(nil)
        readers.append([])
        isKept.append(false)
        return written.addFeature(count: count)
    }

    /// Whether a feature map is needed outside, or lives on after the run.
    func isKept(_ feature: Int) -> Bool { isKept[feature] }

    func isState(_ feature: Int) -> Bool { written.features[feature].state != nil }

    /// The layer that writes a feature map; nil if the map comes from outside.
    package func producer(of feature: Int) -> Int? { writers[feature] }

    /// The only layer that reads the output of a layer, if that is one feature map that nobody outside needs.
    package func onlyConsumer(of layer: Int) -> Int? {
        guard let feature = layers[layer]?.onlyOutput, !isKept[feature], readers[feature].count == 1 else { return nil }
        return readers[feature].first
    }

    /// Replaces a layer and one that reads it by one layer, which writes what the reader wrote.
    mutating func replace(_ number: Int, by layer: Layer, absorbing next: Int) {
        var layer = layer
        if let feature = layers[next]?.onlyOutput { layer.outputs[0].feature = feature }
        self[number] = layer
        self[next] = nil
    }

    /// Lets every reader of a feature map read another map instead.
    mutating func redirect(readersOf feature: Int, to other: Int) {
        for number in readers[feature] {
            guard var layer = layers[number] else { continue }
            layer.inputs = layer.inputs.mapValues { $0 == feature ? other : $0 }
            self[number] = layer
        }
    }
}

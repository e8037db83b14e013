import Platform

/// How a network was run: its layers after the passes, their implementations, and the places of its feature maps.
/// Recorded by the process that ran it, so that readers need not plan again, which another version could not do.
package struct RunPlan: Codable, Sendable, Hashable {
    /// A layer, in execution order.
    package struct Layer: Codable, Sendable, Hashable {
        package var name: String
        package var kernel: String
        /// The shape as typed: `ci=64,co=64,h=56,w=56,k=3`.
        package var shape: String
        package var implementation: String
        /// The numbers of the feature maps.
        package var reads: [Int]
        package var writes: [Int]

        package init(
            name: String, kernel: String, shape: String, implementation: String, reads: [Int], writes: [Int]
        ) {
            self.name = name
            self.kernel = kernel
            self.shape = shape
            self.implementation = implementation
            self.reads = reads
            self.writes = writes
        }
    }

    /// A feature map that a layer reads or writes.
    package struct Place: Codable, Sendable, Hashable {
        package var feature: Int
        package var element: String
        package var bytes: Int
        /// Its offset in the block; nil if it has its own memory.
        package var offset: Int?
        /// The input, output or state that it is; nil if it is in the block.
        package var operand: String?

        package init(feature: Int, element: String, bytes: Int, offset: Int?, operand: String?) {
            self.feature = feature
            self.element = element
            self.bytes = bytes
            self.offset = offset
            self.operand = operand
        }
    }

    /// The passes that were applied.
    package var passes: [String]
    package var layers: [Layer]
    package var places: [Place]
    /// The size of the block that holds the feature maps.
    package var blockBytes: Int
    /// The most bytes that were alive at once.
    package var leastBytes: Int

    package init(passes: [String], layers: [Layer], places: [Place], blockBytes: Int, leastBytes: Int) {
        self.passes = passes
        self.layers = layers
        self.places = places
        self.blockBytes = blockBytes
        self.leastBytes = leastBytes
    }

    /// The layer with most live bytes in the block, and their sum, which cannot overflow; nil if no map is in the
    /// block.
    package var fullest: (layer: Layer, bytes: Double)? {
        var lives: [Int: (first: Int, last: Int)] = [:]
        for (index, layer) in layers.enumerated() {
            for feature in layer.reads + layer.writes { lives[feature] = (lives[feature]?.first ?? index, index) }
        }
        // A place counts once even if one map overwrites another.
        var alive = [[Int: Int]](repeating: [:], count: layers.count)
        for place in places {
            guard let offset = place.offset, let life = lives[place.feature] else { continue }
            for index in life.first...life.last { alive[index][offset] = place.bytes }
        }
        let bytes = alive.map { $0.values.reduce(0.0) { $0 + Double($1) } }
        return bytes.indices.max { bytes[$0] < bytes[$1] }.flatMap { bytes[$0] > 0 ? (layers[$0], bytes[$0]) : nil }
    }
}

extension RunPlan: Checked {
    package func check(_ figures: inout FigureCheck) {
        figures.count(blockBytes, "blockBytes")
        figures.count(leastBytes, "leastBytes", in: 0...max(blockBytes, 0))
        for place in places {
            figures.count(place.feature, "places.feature")
            figures.count(place.bytes, "places.bytes")
            guard figures.fault == nil, let offset = place.offset else { continue }
            figures.count(place.bytes, "places.bytes", in: 0...blockBytes)
            guard figures.fault == nil else { return }
            figures.count(offset, "places.offset", in: 0...blockBytes - place.bytes)
        }
        let known = Set(places.map(\.feature))
        for layer in layers {
            figures.require(
                known.isSuperset(of: layer.reads + layer.writes), "layers", "have a feature map without a place")
        }
    }
}

import Workloads

/// Where each feature map is in one block of memory while it is alive. Maps that are never alive together may share a
/// place.
///
/// Inputs, outputs and states of the network have their own memory. Maps are placed one after the other, each at the
/// lowest place that is free over its whole life (Pisarchyk and Lee, "Efficient memory management for deep neural net
/// inference", 2020). Of several orders, such as largest first, the one that takes the least memory is used. An
/// elementwise layer overwrites a map that it is the last to read. All outputs of a layer are alive at once, also those
/// that nobody reads.
package struct MemoryPlan: Sendable {
    /// Offset of each feature map in bytes; nil for those with their own memory and those that no layer uses.
    package let offsets: [Int?]
    /// Bytes of the block.
    package let bytes: Int
    /// The maximum number of bytes alive at once: no plan is smaller.
    package let lowerBound: Int

    /// Every place begins on a cache line.
    private static let alignment = 64

    package init(_ graph: Graph) {
        let lives = Lifetimes(graph)
        let outside = Set(graph.inputs.values).union(graph.outputs.map(\.feature))
        let blocks = Self.blocks(graph, lives, outside: outside)
        var alive = [Int](repeating: 0, count: graph.layers.count)
        for block in blocks { for layer in block.life { alive[layer] += block.bytes } }
        // The worst crowding during the life of each block. The blocks of the worst moment must fit tightly.
        let crowd = blocks.map { block in block.life.reduce(0) { max($0, alive[$1]) } }
        let orders: [[Int]] = [
            blocks.indices.sorted {
                (blocks[$0].bytes, blocks[$1].life.lowerBound) > (blocks[$1].bytes, blocks[$0].life.lowerBound)
            },
            blocks.indices.sorted { (crowd[$0], blocks[$0].bytes, $1) > (crowd[$1], blocks[$1].bytes, $0) },
            blocks.indices.sorted { (crowd[$0], $1) > (crowd[$1], $0) },
            blocks.indices.sorted { blocks[$0].life.lowerBound < blocks[$1].life.lowerBound },
            blocks.indices.sorted { blocks[$0].life.upperBound > blocks[$1].life.upperBound },
        ]
        let plans = orders.map { Self.place($0.map { blocks[$0] }, layers: graph.layers.count) }
        let best = plans.min { $0.bytes < $1.bytes }
        var offsets = [Int?](repeating: nil, count: graph.features.count)
        for (block, offset) in best?.placed ?? [] {
            for feature in block.features { offsets[feature] = offset }
        }
        PlantedFaults.misplace(&offsets, graph, lives)
        self.offsets = offsets
        bytes = best?.bytes ?? 0
        lowerBound = alive.max() ?? 0
    }

    /// Places blocks in this order.
    private static func place(_ blocks: [Block], layers: Int) -> (placed: [(block: Block, offset: Int)], bytes: Int) {
        var placed: [(block: Block, offset: Int)] = []
        // The blocks that are alive at each layer, so that a block is compared with no others.
        var alive = [[Int]](repeating: [], count: layers)
        for (number, block) in blocks.enumerated() {
            var (offset, others) = (0, [(block: Block, offset: Int)]())
            for layer in block.life {
                for other in alive[layer] {
                    // Only once, at the layer where their lives begin to overlap.
                    let life = placed[other].block.life
                    if layer == max(life.lowerBound, block.life.lowerBound) { others.append(placed[other]) }
                }
                alive[layer].append(number)
            }
            for other in others.sorted(by: { $0.offset < $1.offset }) {
                if offset + block.bytes <= other.offset { break }
                offset = max(offset, other.offset + other.block.bytes)
            }
            placed.append((block, offset))
        }
        return (placed, placed.map { $0.offset + $0.block.bytes }.max() ?? 0)
    }

    /// Feature maps that share a place because one overwrites the other, and their joint life.
    private struct Block {
        var features: [Int]
        let bytes: Int
        /// From the layer that writes it to the last one that reads it.
        var life: ClosedRange<Int>
    }

    private static func blocks(_ graph: Graph, _ lives: Lifetimes, outside: Set<Int>) -> [Block] {
        var blocks: [Block] = []
        var home: [Int: Int] = [:]
        func end(of feature: Int) -> Int { min(lives[feature].last, graph.layers.count - 1) }
        for (index, layer) in graph.layers.enumerated() {
            for output in layer.outputs.map(\.feature) where !outside.contains(output) {
                let feature = graph.features[output]
                if feature.state != nil { continue }
                let over = layer.workload.overwritable.compactMap { layer.inputs[$0] }.first {
                    layer.onlyOutput != nil && lives[$0].last == index && home[$0] != nil
                        && graph.features[$0] == feature
                }
                if let number = over.flatMap({ home[$0] }) {
                    blocks[number].features.append(output)
                    blocks[number].life = blocks[number].life.lowerBound...end(of: output)
                    home[output] = number
                } else {
                    home[output] = blocks.count
                    blocks.append(
                        Block(
                            features: [output], bytes: (feature.bytes + alignment - 1) / alignment * alignment,
                            life: lives[output].first...end(of: output)))
                }
            }
        }
        return blocks
    }
}

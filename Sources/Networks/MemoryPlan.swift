import Workloads

/// Where in one block of memory each feature map stands while it is alive: maps that are never alive together may share a
/// place.
///
/// Inputs and outputs of the network have memory of their own. Maps are placed one after the other, each at the lowest place
/// that is free over its whole life (Pisarchyk and Lee, "Efficient memory management for deep neural net inference", 2020);
/// of several orders, the largest first among them, the one that takes the least memory counts. An elementwise layer writes over the map it is the last to read.
package struct MemoryPlan: Sendable {
    /// Offset of each feature map, in bytes; nil for those with memory of their own and those that no layer uses.
    package let offsets: [Int?]
    /// Bytes of the block.
    package let bytes: Int
    /// The most bytes alive at once: no plan is smaller.
    package let lowerBound: Int

    /// Every place begins on a cache line.
    private static let alignment = 64

    package init(_ graph: Graph) {
        let lives = Lifetimes(graph)
        let outside = Set(graph.inputs.values).union(graph.outputs.map(\.feature))
        let blocks = Self.blocks(graph, lives, outside: outside)
        let alive = graph.layers.indices.map { layer in
            blocks.filter { $0.first <= layer && layer <= $0.last }.reduce(0) { $0 + $1.bytes }
        }
        // How crowded it is where a block lives at its worst: those of the worst moment must fit tightly.
        let crowd = blocks.map { block in (block.first...min(block.last, alive.count - 1)).map { alive[$0] }.max() ?? 0
        }
        let orders: [[Int]] = [
            blocks.indices.sorted { (blocks[$0].bytes, blocks[$1].first) > (blocks[$1].bytes, blocks[$0].first) },
            blocks.indices.sorted { (crowd[$0], blocks[$0].bytes, $1) > (crowd[$1], blocks[$1].bytes, $0) },
            blocks.indices.sorted { (crowd[$0], $1) > (crowd[$1], $0) },
            blocks.indices.sorted { blocks[$0].first < blocks[$1].first },
            blocks.indices.sorted { blocks[$0].last > blocks[$1].last },
        ]
        let plans = orders.map { Self.place($0.map { blocks[$0] }) }
        let best = plans.min { $0.bytes < $1.bytes }
        var offsets = [Int?](repeating: nil, count: graph.counts.count)
        for (block, offset) in best?.placed ?? [] {
            for feature in block.features { offsets[feature] = offset }
        }
        PlantedFaults.misplace(&offsets, graph, lives)
        self.offsets = offsets
        bytes = best?.bytes ?? 0
        lowerBound = alive.max() ?? 0
    }

    /// Places blocks in this order.
    private static func place(_ blocks: [Block]) -> (placed: [(block: Block, offset: Int)], bytes: Int) {
        var placed: [(block: Block, offset: Int)] = []
        for block in blocks {
            var offset = 0
            let others = placed.filter { $0.block.first <= block.last && block.first <= $0.block.last }
            for other in others.sorted(by: { $0.offset < $1.offset }) {
                if offset + block.bytes <= other.offset { break }
                offset = max(offset, other.offset + other.block.bytes)
            }
            placed.append((block, offset))
        }
        return (placed, placed.map { $0.offset + $0.block.bytes }.max() ?? 0)
    }

    /// Feature maps that share a place because one is written over the other, and their life together.
    private struct Block {
        var features: [Int]
        let bytes: Int
        let first: Int
        var last: Int
    }

    private static func blocks(_ graph: Graph, _ lives: Lifetimes, outside: Set<Int>) -> [Block] {
        var blocks: [Block] = []
        var home: [Int: Int] = [:]
        for (index, layer) in graph.layers.enumerated() where !outside.contains(layer.output) {
            let count = graph.counts[layer.output]
            let over = layer.workload.overwritable.compactMap { layer.inputs[$0] }.first {
                lives[$0].last == index && home[$0] != nil && graph.counts[$0] == count
            }
            if let over, let number = home[over] {
                blocks[number].features.append(layer.output)
                blocks[number].last = lives[layer.output].last
                home[layer.output] = number
            } else {
                home[layer.output] = blocks.count
                blocks.append(
                    Block(
                        features: [layer.output], bytes: (4 * count + alignment - 1) / alignment * alignment,
                        first: index, last: lives[layer.output].last))
            }
        }
        return blocks
    }
}

import Workloads

/// Where in one block of memory each feature map stands while it is alive: maps that are never alive together may share a
/// place.
///
/// Inputs and outputs of the network have memory of their own. Maps are placed from the largest to the smallest, each at the
/// lowest place that is free over its whole life (Pisarchyk and Lee, "Efficient memory management for deep neural net
/// inference", 2020). An elementwise layer writes over the map it is the last to read.
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
        var blocks = Self.blocks(graph, lives, outside: outside)
        blocks.sort { ($0.bytes, $1.first) > ($1.bytes, $0.first) }

        var placed: [(block: Block, offset: Int)] = []
        var offsets = [Int?](repeating: nil, count: graph.counts.count)
        for block in blocks {
            var offset = 0
            let others = placed.filter { $0.block.first <= block.last && block.first <= $0.block.last }
            for other in others.sorted(by: { $0.offset < $1.offset }) {
                if offset + block.bytes <= other.offset { break }
                offset = max(offset, other.offset + other.block.bytes)
            }
            placed.append((block, offset))
            for feature in block.features { offsets[feature] = offset }
        }
        self.offsets = offsets
        bytes = placed.map { $0.offset + $0.block.bytes }.max() ?? 0
        lowerBound =
            graph.layers.indices.map { layer in
                blocks.filter { $0.first <= layer && layer <= $0.last }.reduce(0) { $0 + $1.bytes }
            }.max() ?? 0
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

import Foundation
import Mutants
import Tensors
import Threads
import Workloads

/// The steps of a call of `TopKPool`. Threads share each of them; what they counted is added up in between.
struct TopKRun: @unchecked Sendable {
    let kernel: TopKPool
    let tensors: Operands
    /// Of each node.
    let scores: UnsafeMutablePointer<Double>
    /// The nodes, those of a graph sorted, the best first.
    let order: UnsafeMutablePointer<Int32>
    /// Where each node stands among the kept ones; -1 if it is not kept.
    let places: UnsafeMutablePointer<Int32>
    /// Where the kept nodes of each graph begin, and the kept edges of each node; behind them how many there are.
    let firsts: UnsafeMutablePointer<Int32>
    let edgeStarts: UnsafeMutablePointer<Int32>

    /// Four nodes at a time: the sums of each are added up one after the other, in the order of the reference.
    func score(_ share: Share) {
        let (weight, features) = (UnsafePointer(tensors["weight"].floats), kernel.features)
        let (length, mine) = (kernel.length(weight), share.range(of: kernel.nodes))
        let rows = UnsafePointer(tensors["x"].floats)
        var node = mine.lowerBound
        while node < mine.upperBound {
            let x = rows + node * features
            var sums = SIMD4<Double>()
            let count = min(4, mine.upperBound - node)
            if count == 4 {
                for i in 0..<features {
                    let elements = SIMD4<Double>(
                        Double(x[i]), Double(x[features + i]), Double(x[2 * features + i]), Double(x[3 * features + i]))
                    sums += elements * Double(weight[i])
                }
            } else {
                for row in 0..<count {
                    for i in 0..<features { sums[row] += Double(x[row * features + i]) * Double(weight[i]) }
                }
            }
            for row in 0..<count {
                scores[node + row] = tanh(sums[row] / length)
                places[node + row] = -1
            }
            node += count
        }
    }

    /// Sorts the nodes of each graph, and counts those that are kept.
    func sort(_ share: Share) {
        let batch = UnsafePointer(tensors["batch"].ints)
        for graph in share.range(of: kernel.graphs.graphs) {
            let nodes = kernel.graphs.range(of: graph, in: batch)
            for node in nodes { order[node] = Int32(truncatingIfNeeded: node) }
            NodeRanking(scores: scores).sort(order + nodes.lowerBound, count: nodes.count)
            firsts[graph + 1] = Int32(kernel.kept(of: nodes.count))
            if planted(.topKFewer), kernel.kept(of: nodes.count) > 1 { firsts[graph + 1] -= 1 }
        }
    }

    func addNodes() {
        firsts[0] = 0
        for graph in 0..<kernel.graphs.graphs { firsts[graph + 1] += firsts[graph] }
        tensors["count"].ints[0] = firsts[kernel.graphs.graphs]
    }

    /// Writes the kept nodes, and a share of the rows behind them.
    func write(_ share: Share) {
        let (batch, features) = (UnsafePointer(tensors["batch"].ints), kernel.features)
        let (x, y, index) = (UnsafePointer(tensors["x"].floats), tensors["y"].floats, tensors["index"].ints)
        for graph in share.range(of: kernel.graphs.graphs) {
            let first = kernel.graphs.range(of: graph, in: batch).lowerBound
            for place in Int(firsts[graph])..<Int(firsts[graph + 1]) {
                let node = order[first + place - Int(firsts[graph])]
                places[Int(node)] = Int32(truncatingIfNeeded: place)
                index[place] = node
                let (source, score) = (x + Int(node) * features, scores[Int(node)])
                for i in 0..<features { y[place * features + i] = Float(Double(source[i]) * score) }
            }
        }
        let kept = Int(firsts[kernel.graphs.graphs])
        for row in share.range(of: kernel.nodes - kept) {
            index[kept + row] = -1
            (y + (kept + row) * features).update(repeating: 0, count: features)
        }
    }

    /// Whether an edge stays.
    private func joins(_ source: Int32, _ node: Int) -> Bool {
        places[Int(source)] >= 0 && (planted(.topKEdge) || places[node] >= 0)
    }

    /// Counts the kept edges of each node.
    func count(_ share: Share) {
        let (pointers, indices) = (UnsafePointer(tensors["pointers"].ints), tensors["indices"].ints)
        for node in share.rows(of: pointers, count: kernel.nodes) {
            var kept: Int32 = 0
            for edge in Int(pointers[node])..<Int(pointers[node + 1]) where joins(indices[edge], node) { kept += 1 }
            edgeStarts[node + 1] = kept
        }
    }

    func addEdges() {
        edgeStarts[0] = 0
        for node in 0..<kernel.nodes { edgeStarts[node + 1] += edgeStarts[node] }
        tensors["count"].ints[1] = edgeStarts[kernel.nodes]
    }

    /// Writes the kept edges, and a share of what is behind them.
    func connect(_ share: Share) {
        let (pointers, indices) = (UnsafePointer(tensors["pointers"].ints), tensors["indices"].ints)
        let target = tensors["edge_index"].ints
        for node in share.rows(of: pointers, count: kernel.nodes) {
            var next = Int(edgeStarts[node])
            for edge in Int(pointers[node])..<Int(pointers[node + 1]) where joins(indices[edge], node) {
                target[next] = places[Int(indices[edge])]
                target[kernel.edges + next] = places[node]
                next += 1
            }
        }
        let kept = Int(edgeStarts[kernel.nodes])
        for place in share.range(of: kernel.edges - kept) {
            target[kept + place] = -1
            target[kernel.edges + kept + place] = -1
        }
    }
}

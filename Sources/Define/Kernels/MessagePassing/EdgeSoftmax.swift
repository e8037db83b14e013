import Foundation
import Instructions
import Settings
import Tensors
import Threads
import Vectors
import Workloads

/// y[e] = e^x[e] / the sum of e^x over the edges that lead to the same node, or that come from it, per head, with their maximum
/// subtracted first: the weights of attention on a graph. Edges are in the order of their destinations.
package struct EdgeSoftmax: Kernel {
    package static let schema = Schema(
        "edge_softmax", "softmax over the edges of each node, head by head",
        GraphSource.parameters + [
            .count("h", as: "heads", default: 1, "scores of an edge, each with a softmax of its own"),
            .choice("by", ["destination", "source"], "the end that the edges of a softmax have in common").asExtra,
            GraphSource.index, GraphSource.seed,
        ], example: "nodes=34,edges=156,h=4")

    package static var kind: Kind {
        Kind(schema) { (arguments) throws(ShapeError) in try Self(arguments).withIndices }
    }

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    let graph: GraphSource
    let heads: Int
    let isBySource: Bool
    /// Nodes with a softmax each.
    let nodes: Int

    package init(_ arguments: Arguments) throws(ShapeError) {
        graph = try GraphSource(arguments)
        heads = arguments.int("h")
        isBySource = arguments.word("by") == "source"
        nodes = isBySource ? graph.columns : graph.rows
        self.arguments = graph.completing(arguments)
        let scores = try product(graph.edges, heads)
        elementOperations = ["compare", "subtract", "exp", "add", "divide"].map { ElementOperations($0, scores) }
        operands =
            try [.indices("pointers", nodes + 1, layout: "N")]
            + (isBySource ? [.indices("order", graph.edges, layout: "E")] : [])
            + [
                .input("x", [graph.edges, heads], layout: "EH", values: .spread(Spread(reach: 8))),
                .output("y", [graph.edges, heads], layout: "EH"),
            ]
    }

    package var reductionLength: Int { max(1, isBySource ? graph.edges : graph.longestRow) }

    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        let (pointers, order) = (tensors["pointers"].ints, tensors.optional("order")?.ints)
        guard let order else {
            return (0..<nodes).map { node in
                let edges = Int(pointers[node + 1] - pointers[node])
                return Sums(elements: edges * heads, length: edges)
            }
        }
        var lengths = [Int](repeating: 0, count: graph.edges)
        for node in 0..<nodes {
            let edges = Int(pointers[node])..<Int(pointers[node + 1])
            for place in edges { lengths[Int(order[place])] = edges.count }
        }
        return lengths.map { Sums(elements: heads, length: $0) }
    }

    package var implementations: [Implementation] {
        [
            isBySource ? nativeBySource : native,
            .direct("plain", "node by node and head by head: maximum, exponentials, their sum, division", run: plain),
        ]
    }

    private var native: Implementation {
        .divided("native", "exponentials over blocks of nodes, whatever the number of their edges") { tensors, share in
            normalise(tensors["x"].floats, into: tensors["y"].floats, of: tensors["pointers"].ints, share)
        }
    }

    /// The scores are copied into the order of their sources and back.
    private var nativeBySource: Implementation {
        var workspace = Workspace()
        let sorted = workspace.shared(heads, parts: graph.edges)
        let weights = workspace.shared(heads, parts: graph.edges)
        return Implementation(
            "native", "scores copied into the order of their sources, exponentials over blocks of nodes",
            threading: .any, workspace: workspace
        ) { tensors, setting, memory in
            let (pointers, order) = (UnsafePointer(tensors["pointers"].ints), UnsafePointer(tensors["order"].ints))
            let (x, y, sorted, weights) = (tensors["x"].floats, tensors["y"].floats, memory[sorted], memory[weights])
            return PreparedCall(on: try ThreadPool.shared(setting.threads)) { share in
                let nodes = share.rows(of: pointers, count: nodes)
                let edges = Int(pointers[nodes.lowerBound])..<Int(pointers[nodes.upperBound])
                for place in edges {
                    let own = x + Int(order[place]) * heads
                    for head in 0..<heads { sorted[place * heads + head] = own[head] }
                }
                normalise(sorted, into: weights, of: pointers, share)
                for place in edges {
                    let own = y + Int(order[place]) * heads
                    for head in 0..<heads { own[head] = weights[place * heads + head] }
                }
            }
        }
    }

    /// Softmax over the scores of a share of the nodes, those of a node side by side.
    private func normalise(
        _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>, of pointers: UnsafePointer<Int32>,
        _ share: Share
    ) {
        let nodes = share.rows(of: pointers, count: nodes)
        microkernels.softmaxEdges(
            EdgeScores(rows: nodes.count, pointers: pointers + nodes.lowerBound, heads: heads, x: x, y: y))
    }

    private func plain(_ tensors: Operands) {
        let (x, y) = (tensors["x"].floats, tensors["y"].floats)
        forEachSoftmax(tensors) { edges, place in
            // In Double: a hub may have a million edges.
            var (largest, total) = (-Float.infinity, 0.0)
            for edge in edges {
                let score = x[place(edge)]
                largest = score > largest ? score : largest
            }
            for edge in edges {
                let power = exponential(x[place(edge)] - largest)
                y[place(edge)] = power
                total += Double(power)
            }
            let factor = Float(1 / total)
            for edge in edges { y[place(edge)] *= factor }
        }
    }

    /// The scores of a node have a centre of their own, like those of a softmax's rows.
    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        let made = try graph.build()
        if isBySource {
            let (order, starts) = made.bySource
            tensors["pointers"].ints.update(from: starts, count: starts.count)
            tensors["order"].ints.update(from: order, count: order.count)
        } else {
            tensors["pointers"].ints.update(from: made.pointers, count: made.pointers.count)
        }
        let (x, spreads) = (tensors["x"].floats, [Spread].scores)
        var softmax = 0
        forEachSoftmax(tensors) { edges, place in
            for edge in edges { x[place(edge)] += spreads[softmax / heads % spreads.count].centre }
            softmax += 1
        }
    }

    package func reference(_ tensors: Operands) {
        let (x, y) = (tensors["x"].floats, tensors["y"].floats)
        forEachSoftmax(tensors) { edges, place in
            var (largest, total) = (-Double.infinity, 0.0)
            for edge in edges { largest = max(largest, Double(x[place(edge)])) }
            for edge in edges { total += exp(Double(x[place(edge)]) - largest) }
            for edge in edges { y[place(edge)] = Float(exp(Double(x[place(edge)]) - largest) / total) }
        }
    }

    /// Calls the body with the edges of each node and head, and with where the score of an edge is.
    @inline(__always)
    private func forEachSoftmax(_ tensors: Operands, _ body: (_ edges: Range<Int>, _ place: (Int) -> Int) -> Void) {
        let (pointers, order) = (tensors["pointers"].ints, tensors.optional("order")?.ints)
        for node in 0..<nodes {
            let edges = Int(pointers[node])..<Int(pointers[node + 1])
            for head in 0..<heads {
                if let order {
                    body(edges) { Int(order[$0]) * heads + head }
                } else {
                    body(edges) { $0 * heads + head }
                }
            }
        }
    }
}

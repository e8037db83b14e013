import Foundation
import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// The best nodes of each graph, and the edges between them (Gao and Ji, "Graph U-nets", 2019, as in PyTorch Geometric):
/// s = tanh(x . weight / |weight|) and, for the ceil(ratio n) nodes of a graph of n that have the largest s, y = x s.
///
/// How many are kept is only known in the call, so outputs have room for all. Kept nodes stand by graph, then by falling
/// score, equal ones by their number; `index` is the number that each had. Kept edges stay in order; `edge_index` holds
/// their sources, then their destinations, renumbered. Behind what is kept, y is 0, and numbers are -1. `count` holds the
/// kept nodes and the kept edges. Scores are in `Double`, so that their order does not depend on rounding.
package struct TopKPool: Kernel {
    package static let schema = Schema(
        "topk_pool", "the nodes of each graph with the best learned score, and the edges between them",
        [.count("batch", "graphs that the nodes belong to; some may have no nodes")] + GraphSource.parameters + [
            .count("f", as: "features", "channels of a node"),
            Parameter("ratio", .real(0...1), .value(.real(0.5)), "share of a graph's nodes that is kept, rounded up"),
            Parameter(
                "seed", .int(0...Int(Int32.max)), .value(.int(1)),
                "seed of the random graph and of the sizes of the graphs"),
        ], example: "batch=4,nodes=34,edges=156,f=6")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let reductionLength = 1
    private let source: GraphSource
    let graphs: GraphBatch
    let nodes: Int
    let edges: Int
    let features: Int
    private let ratio: Double

    package init(_ arguments: Arguments) throws(ShapeError) {
        source = try GraphSource(arguments)
        guard source.rows == source.columns else {
            throw ShapeError(
                "the file has \(source.rows) rows and \(source.columns) columns, but a node has one of each",
                parameter: "graph", remedy: "give a square matrix")
        }
        self.arguments = source.completing(arguments)
        (nodes, edges) = (source.rows, source.edges)
        (features, ratio) = (arguments.int("f"), arguments.real("ratio"))
        graphs = GraphBatch(graphs: arguments.int("batch"), nodes: nodes, seed: UInt64(arguments.int("seed")))
        operands =
            try source.operands + [
                try graphs.operand(),
                try .input("x", [nodes, features], layout: "NC"),
                try .weight("weight", [features], layout: "C", fanIn: features),
                try .output("y", [nodes, features], layout: "NC"),
                try Operand("index", .output, [nodes], layout: "N", element: .i32),
                try Operand("edge_index", .output, [2, edges], layout: "2E", element: .i32),
                try Operand("count", .output, [2], layout: "2", element: .i32),
            ]
        macs = try product(nodes, features)
    }

    /// The nodes that are kept of the graphs that are made.
    package var elementOperations: [ElementOperations] {
        let kept = graphs.sizes.reduce(0) { $0 + self.kept(of: $1) }
        return [
            ElementOperations("multiply", kept * features + features), ElementOperations("add", features),
            ElementOperations("sqrt", 1), ElementOperations("divide", nodes), ElementOperations("tanh", nodes),
        ]
    }

    /// Kept nodes of a graph.
    func kept(of nodes: Int) -> Int { min(nodes, Int((ratio * Double(nodes)).rounded(.up))) }

    /// Rows behind the kept ones have no terms.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        guard output.name == "y" else { return [Sums(elements: output.shape.count, length: 1)] }
        let kept = Int(tensors["count"].ints[0])
        return [
            Sums(elements: kept * features, length: 1), Sums(elements: (nodes - kept) * features, length: 0),
        ]
    }

    package var implementations: [Implementation] {
        var workspace = Workspace()
        let scores = workspace.shared(nodes, of: Double.self)
        let order = workspace.shared(nodes, of: Int32.self)
        let places = workspace.shared(nodes, of: Int32.self)
        let firsts = workspace.shared(graphs.graphs + 1, of: Int32.self)
        let edgeStarts = workspace.shared(nodes + 1, of: Int32.self)
        return [
            Implementation(
                "native", "scores, a sort of each graph, and two passes over the edges", threading: .any,
                workspace: workspace
            ) { tensors, setting, memory in
                let pool = try ThreadPool.shared(setting.threads)
                let run = TopKRun(
                    kernel: self, tensors: tensors, scores: memory[scores], order: memory[order],
                    places: memory[places],
                    firsts: memory[firsts], edgeStarts: memory[edgeStarts])
                let (score, sort, write) = (run.score, run.sort, run.write)
                let (count, connect) = (run.count, run.connect)
                return PreparedCall {
                    pool.run(score)
                    pool.run(sort)
                    run.addNodes()
                    pool.run(write)
                    pool.run(count)
                    run.addEdges()
                    pool.run(connect)
                }
            }
        ]
    }

    /// Every fifth node is a copy of the one before, so that some scores are equal. The edges of a random graph stay within
    /// its graphs: a source is moved into the graph of the destination.
    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        let x = tensors["x"].floats
        for node in stride(from: 4, to: nodes, by: 5) {
            (x + node * features).update(from: x + (node - 1) * features, count: features)
        }
        graphs.fill(tensors)
        var made = try source.build()
        if !source.hasWeights { made = inside(made) }
        tensors["pointers"].ints.update(from: made.pointers, count: made.pointers.count)
        tensors["indices"].ints.update(from: made.indices, count: made.indices.count)
    }

    private func inside(_ made: CSR) -> CSR {
        var list = EdgeList(rows: nodes, columns: nodes)
        let starts = graphs.starts
        for graph in 0..<graphs.graphs {
            let (first, size) = (starts[graph], starts[graph + 1] - starts[graph])
            for node in first..<first + size {
                for edge in Int(made.pointers[node])..<Int(made.pointers[node + 1]) {
                    list.sources.append(Int32(first + Int(made.indices[edge]) % size))
                    list.destinations.append(Int32(node))
                }
            }
        }
        return CSR(list)
    }

    /// What scores are divided by.
    func length(_ weight: UnsafePointer<Float>) -> Double {
        var squares = 0.0
        for i in 0..<features { squares += Double(weight[i]) * Double(weight[i]) }
        return squares.squareRoot()
    }

    package func reference(_ tensors: Operands) {
        let (batch, x, weight) = (tensors["batch"].ints, tensors["x"].floats, tensors["weight"].floats)
        let (y, index) = (tensors["y"].floats, tensors["index"].ints)
        let length = length(weight)
        let scores = (0..<nodes).map { node in
            var sum = 0.0
            for i in 0..<features { sum += Double(x[node * features + i]) * Double(weight[i]) }
            return tanh(sum / length)
        }
        func isBefore(_ a: Int, _ b: Int) -> Bool {
            let (p, q) = (scores[a], scores[b])
            return p == q || p.isNaN && q.isNaN ? a < b : p.isNaN || p > q
        }
        var members = [[Int]](repeating: [], count: graphs.graphs)
        for node in 0..<nodes { members[Int(batch[node])].append(node) }
        let kept = members.flatMap { $0.sorted(by: isBefore).prefix(self.kept(of: $0.count)) }
        var places = [Int](repeating: -1, count: nodes)
        for (place, node) in kept.enumerated() { places[node] = place }
        for place in 0..<nodes {
            let node = place < kept.count ? kept[place] : -1
            index[place] = Int32(node)
            for i in 0..<features {
                y[place * features + i] = node < 0 ? 0 : Float(Double(x[node * features + i]) * scores[node])
            }
        }
        tensors["count"].ints[0] = Int32(kept.count)
        tensors["count"].ints[1] = Int32(connect(places, tensors))
    }

    /// Writes the edges between nodes that have a place; returns how many there are.
    private func connect(_ places: [Int], _ tensors: Operands) -> Int {
        let (pointers, indices) = (tensors["pointers"].ints, tensors["indices"].ints)
        let target = tensors["edge_index"].ints
        for edge in 0..<2 * edges { target[edge] = -1 }
        var next = 0
        for node in 0..<nodes {
            for edge in Int(pointers[node])..<Int(pointers[node + 1]) {
                let (from, to) = (places[Int(indices[edge])], places[node])
                guard from >= 0, to >= 0 else { continue }
                target[next] = Int32(from)
                target[edges + next] = Int32(to)
                next += 1
            }
        }
        return next
    }
}

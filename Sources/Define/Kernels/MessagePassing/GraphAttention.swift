import Foundation
import Instructions
import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

/// y[i] = the sum over the edges j -> i of w x[j], head by head, where w is the softmax over these edges of leaky_relu(u[j] + v[i]):
/// attention of nodes to their neighbours (GAT, Velickovic et al., 2018) behind its linear layer. u and v are what sources and
/// destinations add to a score. A node that no edge leads to gets 0. A bias is added at the end if there is one.
package struct GraphAttention: Kernel {
    package static let schema = Schema(
        "graph_attention", "attention over the edges that lead to each node: scores, softmax, weighted sum",
        GraphSource.parameters + [
            .count("h", as: "heads", default: 1, "heads, each with a score per edge"),
            .count("d", as: "dim", "features of a head"),
            Parameter("slope", .real(0...1), .value(.real(0.2)), "what a negative score is multiplied by").asExtra,
        ] + RowUpdate.biasParameters + [GraphSource.index, GraphSource.seed], example: "nodes=34,edges=156,h=8,d=4")

    package static var kind: Kind {
        Kind(schema) { (arguments) throws(ShapeError) in try Self(arguments).withIndices }
    }

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations]
    let graph: GraphSource
    let heads: Int
    let width: Int
    let slope: Float
    let update: RowUpdate
    var features: Int { heads * width }

    package init(_ arguments: Arguments) throws(ShapeError) {
        graph = try GraphSource(arguments)
        heads = arguments.int("h")
        width = arguments.int("d")
        slope = Float(arguments.real("slope"))
        update = RowUpdate(arguments)
        self.arguments = graph.completing(arguments)
        let features = try product(heads, width)
        macs = try product(graph.edges, features)
        let scores = try product(graph.edges, heads)
        elementOperations =
            ([ElementOperations("add", 2 * scores), ElementOperations("compare", 2 * scores)]
            + ["multiply", "subtract", "exp", "divide"].map { ElementOperations($0, scores) }
            + update.operations(on: graph.rows * features)).merged
        let more = try update.operands(rows: graph.rows, features: features)
        operands =
            try graph.operands + [
                try .input("u", [graph.columns, heads], layout: "NH", values: .spread(Spread(reach: 4))),
                try .input("v", [graph.rows, heads], layout: "NH", values: .spread(Spread(reach: 4))),
                try .input("x", [graph.columns, features], layout: "NC"),
            ] + more.weights + [
                try .output("y", [graph.rows, features], layout: "NC")
            ]
    }

    /// The features and scores of nodes that no edge comes from, and the scores of those that none leads to.
    package var unreadBytes: Int {
        graph.unreadBytes(source: features + heads, destination: heads)
    }

    package var reductionLength: Int { max(1, graph.longestRow) }

    /// An error of a score is as large an error of its weight, and the rounding errors of a score are as large as it is. The powers that
    /// a softmax sums all have one sign: see `Sums.average`.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        let pointers = tensors["pointers"].ints
        let value = tensors["x"].rootMeanSquare
        let score = tensors["u"].rootMeanSquare + tensors["v"].rootMeanSquare
        return (0..<graph.rows).map { row in
            let edges = Int(pointers[row + 1] - pointers[row])
            let scale = edges > 0 ? value * (1 + score) : 0
            return Sums(
                elements: features, length: edges, scale: scale, growth: max(1, Double(edges).squareRoot() / 8))
        }
    }

    package var implementations: [Implementation] { [native, stepwise] }

    /// Rows of some nodes at a time: their scores stay in the nearest cache, and no message is stored.
    private var native: Implementation {
        var workspace = Workspace()
        let block = 4096
        let capacity = max(block, reductionLength * heads)
        let scores = workspace.perThread(2 * capacity)
        return Implementation(
            "native", "scores, softmax and weighted sum in one pass over the nodes", threading: .any,
            workspace: workspace
        ) { tensors, setting, memory in
            let (pointers, indices) = (UnsafePointer(tensors["pointers"].ints), UnsafePointer(tensors["indices"].ints))
            let (u, v, x) = (tensors["u"].floats, tensors["v"].floats, tensors["x"].floats)
            let y = tensors["y"].floats
            let finish = planted(.attentionFinish) ? RowFinish() : update.finish(tensors, features: features)
            return PreparedCall(on: try ThreadPool.shared(setting.threads)) { share in
                let rows = share.rows(of: pointers, count: graph.rows)
                microkernels.attendEdges(
                    EdgeAttention(
                        rows: rows.count, pointers: pointers + rows.lowerBound, indices: indices, heads: heads,
                        width: width, slope: slope, u: u, v: v + rows.lowerBound * heads, x: x,
                        y: y + rows.lowerBound * features, scores: memory[scores, share.index], capacity: capacity,
                        block: block, streams: isStreamed(elements: graph.rows * features, row: features),
                        finish: finish.from(row: rows.lowerBound)))
            }
        }
    }

    /// What a library of single operations does: scores, their softmax and the weighted sum one after the other, all edges' scores
    /// stored in between. Each step is the code of the kernel of its own.
    private var stepwise: Implementation {
        var workspace = Workspace()
        let scores = workspace.shared(heads, parts: graph.edges)
        let weights = workspace.shared(heads, parts: graph.edges)
        let rest = workspace.perThread(features)
        return Implementation(
            "stepwise", "g-SDDMM, leaky ReLU, softmax over edges, g-SpMM", threading: .any, workspace: workspace
        ) { tensors, setting, memory in
            let pool = try ThreadPool.shared(setting.threads)
            let (pointers, indices) = (UnsafePointer(tensors["pointers"].ints), UnsafePointer(tensors["indices"].ints))
            let (u, v) = (tensors["u"].floats, tensors["v"].floats)
            let (scores, weights) = (memory[scores], memory[weights])
            let steps: (Share) -> Void = { share in
                let rows = share.rows(of: pointers, count: graph.rows)
                microkernels.combineEdges(
                    EdgeTerms(
                        .add, .source, .destination, rows: rows.count, pointers: pointers + rows.lowerBound,
                        indices: indices, features: heads, u: u, sources: graph.columns,
                        v: v + rows.lowerBound * heads, e: scores, y: scores))
                for i in Int(pointers[rows.lowerBound]) * heads..<Int(pointers[rows.upperBound]) * heads {
                    scores[i] = scores[i] < 0 ? scores[i] * slope : scores[i]
                }
                microkernels.softmaxEdges(
                    EdgeScores(
                        rows: rows.count, pointers: pointers + rows.lowerBound, heads: heads, x: scores, y: weights))
            }
            let aggregate = Aggregation(
                message: .multiply, reduction: .sum, rows: graph.rows, sources: graph.columns, edges: graph.edges,
                features: features, edgeFeatures: heads, pointers: pointers, indices: indices, u: tensors["x"].floats,
                e: weights, y: tensors["y"].floats, finish: update.finish(tensors, features: features)
            ).call(on: pool, threads: setting.threads) { memory[rest, $0] }
            return PreparedCall {
                pool.run(steps)
                aggregate()
            }
        }
    }

    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        let made = try graph.fill(tensors)
        // What a thread's memory is for.
        let longest = zip(made.pointers, made.pointers.dropFirst()).map { $1 - $0 }.max() ?? 0
        guard longest <= reductionLength else {
            throw ShapeError("a node has \(longest) edges, more than \(reductionLength)", remedy: "take another seed")
        }
    }

    package func reference(_ tensors: Operands) {
        let (pointers, indices) = (tensors["pointers"].ints, tensors["indices"].ints)
        let (u, v, x, y) = (tensors["u"].floats, tensors["v"].floats, tensors["x"].floats, tensors["y"].floats)
        let updated = update.exact(tensors, features: features)
        var sums = [Double](repeating: 0, count: width)
        for row in 0..<graph.rows {
            let edges = Int(pointers[row])..<Int(pointers[row + 1])
            for head in 0..<heads {
                func score(_ edge: Int) -> Double {
                    let sum = Double(u[Int(indices[edge]) * heads + head]) + Double(v[row * heads + head])
                    return sum < 0 ? sum * Double(slope) : sum
                }
                var (largest, total) = (-Double.infinity, 0.0)
                for edge in edges { largest = max(largest, score(edge)) }
                for i in 0..<width { sums[i] = 0 }
                for edge in edges {
                    let power = exp(score(edge) - largest)
                    total += power
                    let source = x + Int(indices[edge]) * features + head * width
                    for i in 0..<width { sums[i] += power * Double(source[i]) }
                }
                let target = y + row * features + head * width
                for i in 0..<width {
                    let sum = edges.isEmpty ? 0 : sums[i] / total
                    target[i] = Float(updated(sum, row, head * width + i))
                }
            }
        }
    }
}

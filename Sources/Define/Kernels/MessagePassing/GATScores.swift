import Instructions
import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

/// y[e] = leaky_relu(u[j] + v[i] + e) of each edge j -> i, head by head: the scores of graph attention (Velickovic et al., "Graph attention
/// networks", 2018). The edge's own term is optional.
package struct GATScores: Kernel {
    package static let schema = Schema(
        "gat_scores", "scores of graph attention: the sum of what both ends and the edge say, through a leaky ReLU",
        GraphSource.parameters + [
            .count("h", as: "heads", default: 1, "scores of an edge"),
            .flag("e", as: "edge_scores", "edges add a term of their own"),
            Parameter("slope", .real(0...1), .value(.real(0.2)), "what a negative score is multiplied by").asExtra,
            GraphSource.seed,
        ], example: "nodes=34,edges=156,h=4")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    let graph: GraphSource
    let heads: Int
    let slope: Float

    package init(_ arguments: Arguments) throws(ShapeError) {
        graph = try GraphSource(arguments)
        heads = arguments.int("h")
        slope = Float(arguments.real("slope"))
        self.arguments = graph.completing(arguments)
        let scores = try product(graph.edges, heads)
        let hasTerm = arguments.flag("e")
        elementOperations = [
            ElementOperations("add", (hasTerm ? 2 : 1) * scores), ElementOperations("compare", scores),
            ElementOperations("multiply", scores),
        ]
        operands =
            try graph.operands + [
                .input("u", [graph.columns, heads], layout: "NH"), .input("v", [graph.rows, heads], layout: "NH"),
            ]
            + (hasTerm ? [.input("e", [graph.edges, heads], layout: "EH")] : [])
            + [.output("y", [graph.edges, heads], layout: "EH")]
    }

    /// The scores of nodes that no edge comes from, and of those that none leads to.
    package var unreadBytes: Int {
        graph.unreadBytes(source: heads, destination: heads)
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "sums of rows, then the leaky ReLU") { tensors, share in
                let pointers = UnsafePointer(tensors["pointers"].ints)
                let rows = share.rows(of: pointers, count: graph.rows)
                let y = tensors["y"].floats
                microkernels.combineEdges(
                    EdgeTerms(
                        .add, .source, .destination, rows: rows.count, pointers: pointers + rows.lowerBound,
                        indices: tensors["indices"].ints, features: heads, u: tensors["u"].floats,
                        sources: graph.columns, v: tensors["v"].floats + rows.lowerBound * heads, e: y, y: y))
                let scores = Int(pointers[rows.lowerBound]) * heads..<Int(pointers[rows.upperBound]) * heads
                if let e = tensors.optional("e")?.floats { for i in scores { y[i] += e[i] } }
                let slope = planted(.gatScore) ? 1 : slope
                for i in scores { y[i] = y[i] < 0 ? y[i] * slope : y[i] }
            }
        ]
    }

    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        try graph.fill(tensors)
    }

    package func reference(_ tensors: Operands) {
        let (pointers, indices) = (tensors["pointers"].ints, tensors["indices"].ints)
        let (u, v, e, y) = (
            tensors["u"].floats, tensors["v"].floats, tensors.optional("e")?.floats, tensors["y"].floats
        )
        for row in 0..<graph.rows {
            for edge in Int(pointers[row])..<Int(pointers[row + 1]) {
                for head in 0..<heads {
                    let ends = Double(u[Int(indices[edge]) * heads + head]) + Double(v[row * heads + head])
                    let sum = ends + Double(e?[edge * heads + head] ?? 0)
                    y[edge * heads + head] = Float(sum < 0 ? sum * Double(slope) : sum)
                }
            }
        }
    }
}

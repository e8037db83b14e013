import Mutants
import Settings
import Tensors
import Workloads

/// The nodes of each graph of a batch as edges from them to their graph: what pooling sums over. `batch` is the graph of each node, in
/// ascending order. A graph may have no nodes.
package struct GraphMembers: Kernel {
    package static let schema = Schema(
        "graph_members", "the nodes of each graph of a batch, as edges to it",
        [
            .count("graphs", "graphs of the batch"), .count("nodes", "nodes of all graphs"),
        ], example: "graphs=5,nodes=34")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    private let graphs: Int
    private let nodes: Int

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        graphs = arguments.int("graphs")
        nodes = arguments.int("nodes")
        elementOperations = [ElementOperations("compare", nodes)]
        operands = [
            try .indices("batch", nodes, layout: "N"),
            try Operand("pointers", .output, [graphs + 1], layout: "G", element: .i32),
            try Operand("indices", .output, [nodes], layout: "N", element: .i32),
        ]
    }

    package var implementations: [Implementation] {
        [
            .direct("native", "one pass over the nodes") { tensors in
                let (batch, pointers, indices) = (
                    tensors["batch"].ints, tensors["pointers"].ints, tensors["indices"].ints
                )
                var graph = 0
                pointers[0] = 0
                for node in 0..<nodes {
                    indices[node] = Int32(truncatingIfNeeded: node)
                    let last = min(Int(batch[node]), graphs - 1)
                    while graph < last {
                        graph += 1
                        pointers[graph] = Int32(truncatingIfNeeded: node + slip(.memberEnd))
                    }
                }
                for graph in graph + 1...graphs { pointers[graph] = Int32(truncatingIfNeeded: nodes) }
            }
        ]
    }

    /// Shares the nodes among the graphs, evenly.
    package func fill(_ tensors: Operands, seed: UInt64) {
        let batch = tensors["batch"].ints
        for node in 0..<nodes { batch[node] = Int32(truncatingIfNeeded: node * graphs / nodes) }
    }

    package func reference(_ tensors: Operands) {
        let (batch, pointers, indices) = (tensors["batch"].ints, tensors["pointers"].ints, tensors["indices"].ints)
        for graph in 0...graphs {
            pointers[graph] = Int32((0..<nodes).reduce(0) { $0 + (Int(batch[$1]) < graph ? 1 : 0) })
        }
        for node in 0..<nodes { indices[node] = Int32(node) }
    }
}

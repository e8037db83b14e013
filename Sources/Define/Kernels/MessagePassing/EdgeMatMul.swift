import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// y[e] = u[j] w[e] for each edge e from j, a matrix [fi, fo] of its own per edge: the messages of NNConv (Gilmer et al., "Neural
/// message passing for quantum chemistry", 2017), whose matrices come from a network on the edges' features.
package struct EdgeMatMul: Kernel {
    package static let schema = Schema(
        "edge_matmul", "the row of each edge's source times a matrix of the edge",
        GraphSource.parameters + [
            .count("fi", as: "in", "features of a source"),
            .count("fo", as: "out", "features of a message"),
            GraphSource.seed,
        ], example: "nodes=34,edges=156,fi=6,fo=5")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations] = []
    let graph: GraphSource
    let inputs: Int
    let outputs: Int

    package init(_ arguments: Arguments) throws(ShapeError) {
        graph = try GraphSource(arguments)
        inputs = arguments.int("fi")
        outputs = arguments.int("fo")
        self.arguments = graph.completing(arguments)
        macs = try product(graph.edges, inputs, outputs)
        operands =
            try graph.operands + [
                try .input("u", [graph.columns, inputs], layout: "NC"),
                try .input("w", [graph.edges, product(inputs, outputs)], layout: "EC"),
                try .output("y", [graph.edges, outputs], layout: "EC"),
            ]
    }

    /// The features of nodes that no edge comes from.
    package var unreadBytes: Int {
        graph.unreadBytes(source: inputs)
    }

    package var reductionLength: Int { inputs }

    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        let term = tensors["u"].rootMeanSquare * tensors["w"].rootMeanSquare
        return [
            Sums(elements: output.shape.count, length: inputs, scale: term * Double(inputs).squareRoot())
        ]
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "edge by edge, the matrix read once from end to end") { tensors, share in
                let (indices, u) = (tensors["indices"].ints, UnsafePointer(tensors["u"].floats))
                let (w, y) = (UnsafePointer(tensors["w"].floats), tensors["y"].floats)
                let rows = WeightedRows(of: outputs)
                for edge in share.range(of: graph.edges) {
                    let target = y + edge * outputs
                    target.update(repeating: 0, count: outputs)
                    rows.add(
                        weights: u + Int(indices[planted(.edgeMatMulSource) ? 0 : edge]) * inputs,
                        rows: w + edge * inputs * outputs, number: inputs - slip(.edgeMatMulTerm), to: target)
                }
            }
        ]
    }

    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        try graph.fill(tensors)
    }

    package func reference(_ tensors: Operands) {
        let (indices, u) = (tensors["indices"].ints, tensors["u"].floats)
        let (w, y) = (tensors["w"].floats, tensors["y"].floats)
        for edge in 0..<graph.edges {
            let (row, matrix) = (u + Int(indices[edge]) * inputs, w + edge * inputs * outputs)
            for column in 0..<outputs {
                var sum = 0.0
                for i in 0..<inputs { sum += Double(row[i]) * Double(matrix[i * outputs + column]) }
                y[edge * outputs + column] = Float(sum)
            }
        }
    }
}

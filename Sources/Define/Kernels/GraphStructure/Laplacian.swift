import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// The scaled Laplacian 2 L / lambda - I of a graph, as Chebyshev polynomials need it (Defferrard et al., "Convolutional neural networks
/// on graphs with fast localized spectral filtering", 2016). Self-loops are dropped; the diagonal is the last edge of every node.
///
/// With d the sum of the weights of the edges that leave a node, `sym` is L = I - D^-1/2 A D^-1/2, `rw` is I - D^-1 A, and `none` is
/// D - A. If it is not given, lambda is twice the largest element of L. This is `ChebConv` of PyTorch Geometric 2.8.
package struct Laplacian: Kernel {
    package static let schema = Schema(
        "laplacian", "the scaled Laplacian of a graph, for Chebyshev polynomials",
        GraphSource.parameters + [
            .flag("weighted", "edges have weights"),
            .choice("norm", as: "normalization", ["sym", "rw", "none"], "by which degrees weights are divided"),
            Parameter(
                "lambda", as: "lambda_max", .real(0...1e9), .value(.real(0)),
                "the largest eigenvalue; 0 for twice the largest element"
            ).asExtra,
            GraphSource.seed,
        ], example: "nodes=34,edges=156")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    let graph: GraphSource
    /// The graph that is made.
    let looped: GraphSource
    private let norm: String
    private let lambda: Double

    package init(_ arguments: Arguments) throws(ShapeError) {
        graph = try GraphSource(arguments)
        looped = try graph.with(.single, arguments)
        norm = arguments.word("norm")
        lambda = arguments.real("lambda")
        self.arguments = graph.completing(arguments)
        operands =
            try graph.operands
            + (arguments.flag("weighted")
                ? [.input("edge_weight", [graph.edges], layout: "E", values: .scale)] : [])
            + LoopedRows.operands(rows: graph.rows, edges: looped.edges)
            + [.output("laplacian", [looped.edges], layout: "E")]
        let products = ["sym": 2, "rw": 1, "none": 0][norm] ?? 0
        elementOperations = [
            ElementOperations("add", graph.edges + graph.rows),
            ElementOperations(norm == "sym" ? "rsqrt" : "divide", norm == "none" ? 0 : graph.rows),
            ElementOperations("multiply", products * graph.edges + looped.edges),
        ].filter { $0.count > 0 }
    }

    package var reductionLength: Int { max(1, looped.longestRow) }

    package var implementations: [Implementation] {
        var workspace = Workspace()
        let degrees = workspace.shared(graph.rows)
        return [
            Implementation("native", "degrees by source, then row by row", workspace: workspace) { tensors, _, memory in
                let degrees = memory[degrees]
                return PreparedCall { scale(tensors, degrees) }
            }
        ]
    }

    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        try graph.fill(tensors, weights: "edge_weight")
    }

    package func reference(_ tensors: Operands) {
        var degrees = [Double](repeating: 0, count: graph.rows)
        degrees.withUnsafeMutableBufferPointer { if let start = $0.baseAddress { scale(tensors, start) } }
    }

    @inline(__always)
    private func scale<Number: BinaryFloatingPoint>(_ tensors: Operands, _ degrees: UnsafeMutablePointer<Number>) {
        let (weights, y) = (tensors.optional("edge_weight")?.floats, tensors["laplacian"].floats)
        let rows = LoopedRows(tensors, rows: graph.rows, addsLoops: true)
        rows.writePointers()
        for row in 0..<graph.rows { degrees[row] = 0 }
        rows.copy(0..<graph.rows) { _, edge, place in
            if place != nil { degrees[Int(rows.indices[edge])] += Number(weights?[edge] ?? 1) }
        }
        for row in 0..<graph.rows {
            let degree = degrees[row]
            if norm == "sym" { degrees[row] = degree > 0 ? 1 / degree.squareRoot() : 0 }
            if norm == "rw" { degrees[row] = degree > 0 ? 1 / degree : 0 }
        }
        var largest = -Number.infinity
        rows.copy(0..<graph.rows) { row, edge, place in
            guard let place else { return }
            var weight = Number(weights?[edge] ?? 1)
            let source = Int(rows.indices[edge])
            // Only the native computation is spoiled: it is the one in Float.
            let end = planted(.laplacianEnd) && Number.self == Float.self ? source : row
            if norm == "sym" { weight *= degrees[source] * degrees[end] }
            if norm == "rw" { weight *= degrees[source] }
            y[place] = Float(-weight)
            largest = max(largest, -weight)
        }
        for row in 0..<graph.rows {
            let diagonal = norm == "none" ? degrees[row] : 1
            y[Int(rows.newPointers[row + 1]) - 1] = Float(diagonal)
            largest = max(largest, diagonal)
        }
        // Without edges L may be all zeros: it stays so, whatever it is divided by.
        let factor = lambda > 0 ? 2 / Number(lambda) : largest > 0 ? 1 / largest : 0
        for row in 0..<graph.rows {
            let edges = Int(rows.newPointers[row])..<Int(rows.newPointers[row + 1])
            for edge in edges { y[edge] = Float(Number(y[edge]) * factor - (edge == edges.upperBound - 1 ? 1 : 0)) }
        }
    }
}

import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// The normalised adjacency matrix of a graph convolution: edge j -> i weighs w / sqrt(d[i] d[j]), where d is the sum of the weights of
/// the edges that arrive at a node (Kipf and Welling, "Semi-supervised classification with graph convolutional networks", 2017). It is
/// 0 if a degree is 0.
///
/// Before that every node gets exactly one self-loop, behind its other edges. It weighs 1, or as much as the last self-loop that the
/// node had. `improved` makes that 2 for new ones, if edges have weights. This is `gcn_norm` of PyTorch Geometric 2.8.
package struct GCNNorm: Kernel {
    package static let schema = Schema(
        "gcn_norm", "the normalised adjacency matrix of a graph convolution, with self-loops",
        GraphSource.parameters + [
            .flag("weighted", "edges have weights"),
            Parameter("add_loops", .flag, .value(.flag(true)), "gives every node one self-loop").asExtra,
            .flag("improved", "new self-loops weigh 2 if edges have weights").asExtra,
            GraphSource.seed,
        ], example: "nodes=34,edges=156")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    let graph: GraphSource
    /// The graph that is made.
    let looped: GraphSource
    private let addsLoops: Bool
    private let newLoop: Float

    package init(_ arguments: Arguments) throws(ShapeError) {
        graph = try GraphSource(arguments)
        addsLoops = arguments.flag("add_loops")
        looped = addsLoops ? try graph.with(.single, arguments) : graph
        let isWeighted = arguments.flag("weighted")
        newLoop = isWeighted && arguments.flag("improved") ? 2 : 1
        self.arguments = graph.completing(arguments)
        guard graph.rows == graph.columns else {
            throw ShapeError(
                "a graph of \(graph.columns) sources and \(graph.rows) destinations has no degrees of its nodes",
                parameter: "graph", remedy: "take a square graph")
        }
        operands =
            try graph.operands
            + (isWeighted ? [.input("edge_weight", [graph.edges], layout: "E", values: .scale)] : [])
            + (addsLoops ? LoopedRows.operands(rows: graph.rows, edges: looped.edges) : [])
            + [.output("norm", [looped.edges], layout: "E")]
        elementOperations = [
            ElementOperations("add", looped.edges), ElementOperations("rsqrt", looped.rows),
            ElementOperations("multiply", 2 * looped.edges),
        ]
    }

    package var reductionLength: Int { max(1, looped.longestRow) }

    package var implementations: [Implementation] {
        var workspace = Workspace()
        let roots = workspace.shared(graph.rows)
        return [
            Implementation(
                "native", "degrees while rows are copied, then the weights", threading: .any, workspace: workspace
            ) { tensors, setting, memory in
                let pool = try ThreadPool.shared(setting.threads)
                let roots = memory[roots]
                let degrees: (Share) -> Void = { share in
                    sumDegrees(tensors, share.rows(of: tensors["pointers"].ints, count: graph.rows)) {
                        roots[$0] = $1 > 0 ? 1 / ($1 + Float(slip(.gcnDegree))).squareRoot() : 0
                    }
                }
                let scale: (Share) -> Void = { share in
                    normalise(tensors, share.rows(of: structure(tensors).pointers, count: graph.rows)) { roots[$0] }
                }
                let rows = addsLoops ? LoopedRows(tensors, rows: graph.rows, addsLoops: true) : nil
                return PreparedCall {
                    rows?.writePointers()
                    pool.run(degrees)
                    pool.run(scale)
                }
            }
        ]
    }

    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        try graph.fill(tensors, weights: "edge_weight")
    }

    package func reference(_ tensors: Operands) {
        var roots = [Double](repeating: 0, count: graph.rows)
        if addsLoops { LoopedRows(tensors, rows: graph.rows, addsLoops: true).writePointers() }
        sumDegrees(tensors, 0..<graph.rows) { (row, degree: Double) in
            roots[row] = degree > 0 ? 1 / degree.squareRoot() : 0
        }
        normalise(tensors, 0..<graph.rows) { roots[$0] }
    }

    /// The graph that is made.
    private func structure(_ tensors: Operands) -> (pointers: UnsafePointer<Int32>, indices: UnsafePointer<Int32>) {
        addsLoops
            ? (UnsafePointer(tensors["new_pointers"].ints), UnsafePointer(tensors["new_indices"].ints))
            : (UnsafePointer(tensors["pointers"].ints), UnsafePointer(tensors["indices"].ints))
    }

    /// Writes the edges of some rows with their weights, and gives the body the sum of the weights of each row.
    @inline(__always)
    private func sumDegrees<Number: BinaryFloatingPoint>(
        _ tensors: Operands, _ part: Range<Int>, _ body: (_ row: Int, _ degree: Number) -> Void
    ) {
        let (weights, norm) = (tensors.optional("edge_weight")?.floats, tensors["norm"].floats)
        let pointers = tensors["pointers"].ints
        guard addsLoops else {
            for row in part {
                var degree: Number = 0
                for edge in Int(pointers[row])..<Int(pointers[row + 1]) {
                    norm[edge] = weights?[edge] ?? 1
                    degree += Number(norm[edge])
                }
                body(row, degree)
            }
            return
        }
        let looped = LoopedRows(tensors, rows: graph.rows, addsLoops: true)
        for row in part {
            var (degree, loop): (Number, Float) = (0, newLoop)
            looped.copy(row..<row + 1) { _, edge, place in
                let weight = weights?[edge] ?? 1
                if let place {
                    norm[place] = weight
                    degree += Number(weight)
                } else if weights != nil {
                    loop = weight
                }
            }
            norm[Int(looped.newPointers[row + 1]) - 1] = loop
            body(row, degree + Number(loop))
        }
    }

    /// Multiplies the weights of some rows by the roots of both ends.
    @inline(__always)
    private func normalise<Number: BinaryFloatingPoint>(
        _ tensors: Operands, _ part: Range<Int>, _ root: (Int) -> Number
    ) {
        let ((pointers, indices), norm) = (structure(tensors), tensors["norm"].floats)
        for row in part {
            let own = root(row)
            for edge in Int(pointers[row])..<Int(pointers[row + 1]) {
                norm[edge] = Float(root(Int(indices[edge])) * Number(norm[edge]) * own)
            }
        }
    }
}

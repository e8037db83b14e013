import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// y[i] = the mean or sum over the edges e from j to i of the sum over s of basis[e, s] u[j] weight[index[e, s]]: each edge has some
/// active matrices of `kernels`, and a number for each. The aggregation of SplineConv (Fey et al., "SplineCNN: fast geometric deep
/// learning with continuous B-spline kernels", 2018) behind `SplineBasis`. A node that no edge leads to gets 0.
///
/// An index must be below `kernels`. Nothing checks what a call is given: the draws and `SplineBasis` cannot make another one.
package struct SplineAggregate: Kernel {
    package static let schema = Schema(
        "spline_aggregate", "aggregation over a graph: the rows of sources times some of many matrices per edge",
        GraphSource.parameters + [
            .count("fi", as: "in", "features of a source"),
            .count("fo", as: "out", "features of a destination"),
            .count("kernels", "matrices"),
            .count("active", "matrices of an edge"),
            .choice("reduce", ["mean", "sum"], "how the messages at a node are put together"),
            GraphSource.seed,
        ], example: "nodes=34,edges=156,fi=6,fo=5,kernels=25,active=4")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations]
    let graph: GraphSource
    let inputs: Int
    let outputs: Int
    let kernels: Int
    let active: Int
    let isMean: Bool
    private let keys: EdgeKeys

    package init(_ arguments: Arguments) throws(ShapeError) {
        graph = try GraphSource(arguments)
        inputs = arguments.int("fi")
        outputs = arguments.int("fo")
        kernels = arguments.int("kernels")
        active = arguments.int("active")
        isMean = arguments.word("reduce") == "mean"
        self.arguments = graph.completing(arguments)
        keys = EdgeKeys(
            graph: graph, name: "index", perEdge: active, bound: kernels, seed: UInt64(arguments.int("seed")))
        macs = try product(graph.edges, active, inputs, outputs)
        elementOperations =
            [ElementOperations("multiply", try product(graph.edges, active, inputs))]
            + (isMean ? [ElementOperations("divide", try product(graph.rows, outputs))] : [])
        operands =
            try graph.operands + [
                try .input("u", [graph.columns, inputs], layout: "NC"),
                try .input("basis", [graph.edges, active], layout: "ES"),
                try Operand("index", .input, [graph.edges, active], layout: "ES", element: .i32),
                try .weight("weight", [kernels, inputs, outputs], layout: "KIO", fanIn: inputs),
                try .output("y", [graph.rows, outputs], layout: "NC"),
            ]
    }

    /// The features of nodes that no edge comes from.
    package var unreadBytes: Int {
        graph.unreadBytes(source: inputs)
    }

    package var reductionLength: Int { max(1, graph.longestRow) * active * inputs }

    /// Messages of an edge that is listed more than once, with numbers that are alike, add up: see `Sums.average`.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        let (pointers, basis) = (tensors["pointers"].ints, tensors["basis"].floats)
        let term = tensors["u"].rootMeanSquare * tensors["weight"].rootMeanSquare * Double(inputs).squareRoot()
        return (0..<graph.rows).map { row in
            let edges = Int(pointers[row])..<Int(pointers[row + 1])
            var square = 0.0
            for i in edges.lowerBound * active..<edges.upperBound * active {
                square += Double(basis[i]) * Double(basis[i])
            }
            return Sums(
                elements: outputs, length: edges.count * active * inputs,
                scale: term * square.squareRoot() / (isMean ? Double(max(edges.count, 1)) : 1),
                growth: max(1, Double(edges.count).squareRoot() / 8))
        }
    }

    package var implementations: [Implementation] {
        [
            Implementation(
                "native", "sources summed by destination and matrix, then one product for each matrix", threading: .any
            ) { native }
        ]
    }

    /// What it multiplies depends on how many pairs of a destination and a matrix there are.
    private var native: Implementation {
        let products = GroupedProducts(
            groups: kernels, keysPerEdge: active, rows: graph.rows, sources: graph.columns, edges: graph.edges,
            inputs: inputs, outputs: outputs)
        var workspace = Workspace()
        let buffers = products.buffers(in: &workspace)
        return Implementation(
            "native", "sources summed by destination and matrix, then one product for each matrix", threading: .any,
            workspace: workspace,
            executedMACs: graph.edges * active * inputs + keys.pairs.destinations * inputs * outputs
        ) { tensors, setting, memory in
            let weight = UnsafePointer(tensors["weight"].floats)
            for kernel in 0..<kernels {
                products.pack(weight + kernel * inputs * outputs, of: kernel, into: memory[buffers.product.packed])
            }
            let operands = GroupedProducts.Operands(
                pointers: tensors["pointers"].ints, indices: tensors["indices"].ints, keys: tensors["index"].ints,
                numbers: tensors["basis"].floats, u: tensors["u"].floats, y: tensors["y"].floats)
            return PreparedCall(on: try ThreadPool.shared(setting.threads)) { share in
                products.run(operands, buffers, memory, share)
                if isMean { divide(share.rows(of: operands.pointers, count: graph.rows), operands) }
            }
        }
    }

    /// Divides sums by the numbers of their edges.
    private func divide(_ rows: Range<Int>, _ operands: GroupedProducts.Operands) {
        for row in rows {
            let edges = operands.pointers[row + 1] - operands.pointers[row]
            guard edges > 0 else { continue }
            let (target, factor) = (operands.y + row * outputs, 1 / Float(Int(edges) + slip(.splineMean)))
            for i in 0..<outputs { target[i] *= factor }
        }
    }

    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        try graph.fill(tensors)
        keys.fill(tensors)
    }

    package func reference(_ tensors: Operands) {
        let (pointers, indices, index) = (tensors["pointers"].ints, tensors["indices"].ints, tensors["index"].ints)
        let (u, basis, weight) = (tensors["u"].floats, tensors["basis"].floats, tensors["weight"].floats)
        let y = tensors["y"].floats
        var sums = [Double](repeating: 0, count: outputs)
        for row in 0..<graph.rows {
            let edges = Int(pointers[row])..<Int(pointers[row + 1])
            for column in 0..<outputs { sums[column] = 0 }
            for edge in edges {
                for place in edge * active..<(edge + 1) * active {
                    let matrix = weight + Int(index[place]) * inputs * outputs
                    for i in 0..<inputs {
                        let factor = Double(basis[place]) * Double(u[Int(indices[edge]) * inputs + i])
                        for column in 0..<outputs { sums[column] += factor * Double(matrix[i * outputs + column]) }
                    }
                }
            }
            let divisor = isMean ? Double(max(edges.count, 1)) : 1
            for column in 0..<outputs { y[row * outputs + column] = Float(sums[column] / divisor) }
        }
    }
}

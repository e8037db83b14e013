import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// y[i] = the sum or mean over the edges e from j to i of the sum over k of c[e, k] u[j, k]: k rows of each source, weighed by the
/// numbers of the edge. The aggregation of GMMConv (Monti et al., 2017), whose numbers are Gaussians. A node that no edge leads to
/// gets 0.
package struct MixtureAggregate: Kernel {
    package static let schema = Schema(
        "mixture_aggregate", "aggregation over a graph: some rows of each source, weighed by numbers of the edge",
        GraphSource.parameters + [
            .count("f", as: "features", "features of a node"),
            .count("k", as: "kernels", "rows of a source, and numbers of an edge"),
            .choice("reduce", ["sum", "mean"], "how the messages at a node are put together"),
            GraphSource.seed,
        ], example: "nodes=34,edges=156,f=6,k=5")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations]
    let graph: GraphSource
    let features: Int
    let kernels: Int
    let isMean: Bool

    package init(_ arguments: Arguments) throws(ShapeError) {
        graph = try GraphSource(arguments)
        features = arguments.int("f")
        kernels = arguments.int("k")
        isMean = arguments.word("reduce") == "mean"
        self.arguments = graph.completing(arguments)
        macs = try product(graph.edges, kernels, features)
        elementOperations = isMean ? [ElementOperations("divide", try product(graph.rows, features))] : []
        operands =
            try graph.operands + [
                try .input("u", [graph.columns, product(kernels, features)], layout: "NC"),
                try .input("c", [graph.edges, kernels], layout: "EK"),
                try .output("y", [graph.rows, features], layout: "NC"),
            ]
    }

    /// The features of nodes that no edge comes from.
    package var unreadBytes: Int {
        graph.unreadBytes(source: kernels * features)
    }

    package var reductionLength: Int { max(1, graph.longestRow) * kernels }

    /// Messages of an edge that is listed more than once, with numbers that are alike, add up: see `Sums.average`.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        let (pointers, c) = (tensors["pointers"].ints, tensors["c"].floats)
        let u = tensors["u"].rootMeanSquare
        return (0..<graph.rows).map { row in
            let edges = Int(pointers[row])..<Int(pointers[row + 1])
            var square = 0.0
            for i in edges.lowerBound * kernels..<edges.upperBound * kernels { square += Double(c[i]) * Double(c[i]) }
            return Sums(
                elements: features, length: edges.count * kernels,
                scale: u * square.squareRoot() / (isMean ? Double(max(edges.count, 1)) : 1),
                growth: max(1, Double(edges.count).squareRoot() / 8))
        }
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "each row summed over its edges, the rows of a source in registers", run: native)
        ]
    }

    private func native(_ tensors: Operands, _ share: Share) {
        let (pointers, indices) = (UnsafePointer(tensors["pointers"].ints), UnsafePointer(tensors["indices"].ints))
        let (u, c, y) = (UnsafePointer(tensors["u"].floats), UnsafePointer(tensors["c"].floats), tensors["y"].floats)
        let weighted = WeightedRows(of: features)
        for row in share.rows(of: pointers, count: graph.rows) {
            let target = y + row * features
            let edges = Int(pointers[row])..<Int(pointers[row + 1])
            target.update(repeating: 0, count: features)
            for edge in edges {
                weighted.add(
                    weights: c + edge * kernels, rows: u + Int(indices[edge]) * kernels * features,
                    number: kernels - slip(.mixtureKernel), to: target)
            }
            if isMean, !edges.isEmpty {
                let factor = 1 / Float(edges.count + slip(.mixtureMean))
                for i in 0..<features { target[i] *= factor }
            }
        }
    }

    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        try graph.fill(tensors)
    }

    package func reference(_ tensors: Operands) {
        let (pointers, indices) = (tensors["pointers"].ints, tensors["indices"].ints)
        let (u, c, y) = (tensors["u"].floats, tensors["c"].floats, tensors["y"].floats)
        var sums = [Double](repeating: 0, count: features)
        for row in 0..<graph.rows {
            let edges = Int(pointers[row])..<Int(pointers[row + 1])
            for i in 0..<features { sums[i] = 0 }
            for edge in edges {
                for kernel in 0..<kernels {
                    let source = u + (Int(indices[edge]) * kernels + kernel) * features
                    let number = Double(c[edge * kernels + kernel])
                    for i in 0..<features { sums[i] += number * Double(source[i]) }
                }
            }
            let divisor = isMean ? Double(max(edges.count, 1)) : 1
            for i in 0..<features { y[row * features + i] = Float(sums[i] / divisor) }
        }
    }
}

import Instructions
import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

/// What every edge j -> i computes from its ends: u[j] . v[i], a product of dense matrices sampled at the entries of a
/// sparse one (SDDMM: the scores of dot-product attention on a graph), or u[j] + v[i], one sum per head (those of GAT,
/// Velickovic et al., 2018). Edges are in the order of their destinations.
package struct SDDMM: Kernel {
    /// What is computed from a source's row and a destination's row.
    enum Operation: String, CaseIterable { case dot, add }

    package static let schema = Schema(
        "sddmm", "a product or sum an edge, of the rows of its two ends",
        GraphSource.parameters + [
            .count("f", as: "features", "features of a node; of 'add' its heads"),
            .choice("op", Operation.allCases.map(\.rawValue), "dot: a number an edge; add: one a feature"),
            GraphSource.seed,
        ], example: "nodes=34,edges=156,f=16")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations]
    let graph: GraphSource
    let features: Int
    let operation: Operation

    package init(_ arguments: Arguments) throws(ShapeError) {
        graph = try GraphSource(arguments)
        features = arguments.int("f")
        let word = arguments.word("op")
        operation = Operation.allCases.first { $0.rawValue == word } ?? .dot
        self.arguments = graph.completing(arguments)
        let terms = try product(graph.edges, features)
        macs = operation == .dot ? terms : 0
        elementOperations = operation == .add ? [ElementOperations("add", terms)] : []
        operands = [
            try .indices("pointers", graph.rows + 1, layout: "N"),
            try .indices("indices", graph.edges, layout: "E"),
            try .input("u", [graph.columns, features], layout: "NC"),
            try .input("v", [graph.rows, features], layout: "NC"),
            operation == .dot
                ? try .output("y", [graph.edges], layout: "E")
                : try .output("y", [graph.edges, features], layout: "EC"),
        ]
    }

    /// The bytes of the features of nodes that no edge comes from, and of those that no edge leads to.
    package var unreadBytes: Int {
        let touched = graph.touched
        let nodes = graph.columns - touched.sources + graph.rows - touched.destinations
        return nodes * features * ElementType.f32.size
    }

    package var reductionLength: Int { operation == .dot ? features : 1 }

    package var implementations: [Implementation] {
        [
            .divided("native", "by destinations, the rows of sources asked for ahead", run: native),
            .direct("plain", "by destinations, one loop along the features", run: plain),
        ]
    }

    private func native(_ tensors: Operands, _ share: Share) {
        let pointers = UnsafePointer(tensors["pointers"].ints)
        let rows = share.rows(of: pointers, count: graph.rows)
        let edges = EdgePairs(
            rows: rows.count, pointers: pointers + rows.lowerBound, indices: tensors["indices"].ints,
            features: features, u: tensors["u"].floats, sources: graph.columns,
            v: tensors["v"].floats + (planted(.sddmmShare) ? 0 : rows.lowerBound) * features, y: tensors["y"].floats)
        switch operation {
        case .dot: microkernels.dotEdges(edges)
        case .add: microkernels.addEdges(edges)
        }
    }

    private func plain(_ tensors: Operands) {
        let y = tensors["y"].floats
        forEachEdge(tensors) { edge, u, v in
            switch operation {
            case .dot:
                var sum: Float = 0
                for i in 0..<features { sum += u[i] * v[i] }
                y[edge] = sum
            case .add:
                for i in 0..<features { y[edge * features + i] = u[i] + v[i] }
            }
        }
    }

    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        try graph.fill(tensors)
    }

    package func reference(_ tensors: Operands) {
        let y = tensors["y"].floats
        forEachEdge(tensors) { edge, u, v in
            switch operation {
            case .dot:
                var sum = 0.0
                for i in 0..<features { sum += Double(u[i]) * Double(v[i]) }
                y[edge] = Float(sum)
            case .add:
                for i in 0..<features { y[edge * features + i] = Float(Double(u[i]) + Double(v[i])) }
            }
        }
    }

    /// Calls the body with each edge, its source's row and its destination's row.
    @inline(__always)
    private func forEachEdge(
        _ tensors: Operands, _ body: (_ edge: Int, _ u: UnsafePointer<Float>, _ v: UnsafePointer<Float>) -> Void
    ) {
        let (pointers, indices) = (tensors["pointers"].ints, tensors["indices"].ints)
        let (u, v) = (tensors["u"].floats, tensors["v"].floats)
        for row in 0..<graph.rows {
            for edge in Int(pointers[row])..<Int(pointers[row + 1]) {
                body(edge, u + Int(indices[edge]) * features, v + row * features)
            }
        }
    }
}

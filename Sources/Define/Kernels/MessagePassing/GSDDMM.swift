import Instructions
import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

/// What every edge j -> i makes of two of three rows: u[j], that of its source; v[i], that of its destination; e, its own. Their sum,
/// difference, product, quotient, dot product, or a copy of one. This is DGL's g-SDDMM (`apply_edges`): a product of dense matrices
/// sampled where a sparse one has entries. Edges are in the order of their destinations.
package struct GSDDMM: Workload {
    /// One of the operations by its name in `dgl.ops`: `u_add_v`, `e_dot_u`, `copy_v`.
    struct Operation: Sendable, Hashable {
        let operation: EdgeTerms.Operation
        let left: EdgeTerms.Side
        let right: EdgeTerms.Side

        private static let sides: [(letter: String, side: EdgeTerms.Side)] = [
            ("u", .source), ("v", .destination), ("e", .edge),
        ]
        private static let words: [(word: String, operation: EdgeTerms.Operation)] = [
            ("dot", .dot), ("add", .add), ("sub", .subtract), ("mul", .multiply), ("div", .divide),
        ]

        /// All of them by name.
        static let named: [(name: String, operation: Operation)] =
            words.flatMap { word, operation in
                sides.flatMap { left in
                    sides.filter { $0.side != left.side }.map { right in
                        (
                            "\(left.letter)_\(word)_\(right.letter)",
                            Operation(operation: operation, left: left.side, right: right.side)
                        )
                    }
                }
            }
            + sides.map { ("copy_\($0.letter)", Operation(operation: .copy, left: $0.side, right: $0.side)) }
    }

    package static let schema = Schema(
        "gsddmm", "message passing over a graph: an operation per edge, on rows of its ends and its own",
        GraphSource.parameters + [
            .count("f", as: "features", "features of a row"),
            .choice(
                "op", ["u_dot_v"] + Operation.named.map(\.name).filter { $0 != "u_dot_v" },
                "what is made of the rows: u is the source's, v the destination's, e the edge's"),
            .count("h", as: "heads", default: 1, "parts of a row that a dot product sums apart; must divide f"),
            GraphSource.index, GraphSource.seed,
        ], example: "nodes=34,edges=156,f=16,op=u_mul_e")

    package static let kind: Kind = Kind(schema) { (arguments) throws(ShapeError) in
        let word = arguments.word("op")
        let named = Operation.named.first { $0.name == word }?.operation
        return try GSDDMM(
            GSDDMM.kind, arguments, named?.operation ?? .dot, left: named?.left ?? .source,
            right: named?.right ?? .destination,
            heads: arguments.int("h")
        ).withIndices
    }

    package let kind: Kind
    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations]
    let graph: GraphSource
    let features: Int
    let heads: Int
    let operation: EdgeTerms.Operation
    let left: EdgeTerms.Side
    let right: EdgeTerms.Side

    init(
        _ kind: Kind, _ arguments: Arguments, _ operation: EdgeTerms.Operation, left: EdgeTerms.Side,
        right: EdgeTerms.Side, heads: Int
    ) throws(ShapeError) {
        graph = try GraphSource(arguments)
        features = arguments.int("f")
        self.kind = kind
        self.heads = heads
        self.operation = operation
        self.left = left
        self.right = right
        self.arguments = graph.completing(arguments)
        guard heads == 1 || operation == .dot else {
            throw ShapeError(
                "h: only a dot product has heads", parameter: "h", remedy: "leave 'h' out: features are apart anyway")
        }
        guard features % heads == 0 else {
            throw ShapeError(
                "h: \(heads) does not divide the \(features) features", parameter: "h",
                remedy: "write a divisor of \(features)")
        }
        let terms = try product(graph.edges, features)
        macs = operation == .dot ? terms : 0
        let word: [EdgeTerms.Operation: String] = [
            .add: "add", .subtract: "subtract", .multiply: "multiply", .divide: "divide",
        ]
        elementOperations = word[operation].map { [ElementOperations($0, terms)] } ?? []

        let (sources, destinations, edges) = (graph.columns, graph.rows, graph.edges)
        func values(_ side: EdgeTerms.Side) -> Values { operation == .divide && side == right ? .scale : .input }
        let sides = [left, right]
        operands =
            try graph.operands
            + (sides.contains(.source)
                ? [.input("u", [sources, features], layout: "NC", values: values(.source))] : [])
            + (sides.contains(.destination)
                ? [.input("v", [destinations, features], layout: "NC", values: values(.destination))] : [])
            + (sides.contains(.edge) ? [.input("e", [edges, features], layout: "EC", values: values(.edge))] : [])
            + [
                operation != .dot
                    ? .output("y", [edges, features], layout: "EC")
                    : heads == 1 ? .output("y", [edges], layout: "E") : .output("y", [edges, heads], layout: "EH")
            ]
    }

    /// The features of nodes that no edge comes from, and of those that none leads to.
    package var unreadBytes: Int {
        func read(_ side: EdgeTerms.Side) -> Int { left == side || right == side ? features : 0 }
        return graph.unreadBytes(source: read(.source), destination: read(.destination))
    }

    package var reductionLength: Int { operation == .dot ? features / heads : 1 }

    package var implementations: [Implementation] {
        [
            .divided("native", "by destinations, the rows of sources prefetched", run: native),
            .direct("plain", "by destinations, one loop along the features", run: plain),
        ]
    }

    private func native(_ tensors: Operands, _ share: Share) {
        let pointers = UnsafePointer(tensors["pointers"].ints)
        let rows = share.rows(of: pointers, count: graph.rows)
        let y = tensors["y"].floats
        func input(_ name: String) -> UnsafePointer<Float> { UnsafePointer(tensors.optional(name)?.floats ?? y) }
        microkernels.combineEdges(
            EdgeTerms(
                operation, left, right, rows: rows.count, pointers: pointers + rows.lowerBound,
                indices: tensors["indices"].ints, features: features, heads: heads, u: input("u"),
                sources: graph.columns, v: input("v") + (planted(.sddmmShare) ? 0 : rows.lowerBound) * features,
                e: input("e"), y: y, streams: isStreamed(elements: graph.edges * features, row: features)))
        EdgeTail(tensors, of: graph).clear(y, width: width, share)
    }

    /// Elements that an edge gets.
    private var width: Int { operation == .dot ? heads : features }

    private func plain(_ tensors: Operands) {
        let y = tensors["y"].floats
        defer { EdgeTail(tensors, of: graph).clear(y, width: self.width) }
        let width = features / heads
        switch operation {
        case .dot:
            forEachEdge(tensors) { edge, a, b in
                for head in 0..<heads {
                    var sum: Float = 0
                    for i in head * width..<(head + 1) * width { sum += a[i] * b[i] }
                    y[edge * heads + head] = sum
                }
            }
        case .add: each { $0 + $1 }
        case .subtract: each { $0 - $1 }
        case .multiply: each { $0 * $1 }
        case .divide: each { $0 / $1 }
        case .copy: each { a, _ in a }
        }

        @inline(__always)
        func each(_ operation: (Float, Float) -> Float) {
            forEachEdge(tensors) { edge, a, b in
                for i in 0..<features { y[edge * features + i] = operation(a[i], b[i]) }
            }
        }
    }

    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        try graph.fill(tensors)
    }

    package func reference(_ tensors: Operands) {
        let y = tensors["y"].floats
        defer { EdgeTail(tensors, of: graph).clear(y, width: self.width) }
        let width = features / heads
        forEachEdge(tensors) { edge, a, b in
            if operation == .dot {
                for head in 0..<heads {
                    var sum = 0.0
                    for i in head * width..<(head + 1) * width { sum += Double(a[i]) * Double(b[i]) }
                    y[edge * heads + head] = Float(sum)
                }
                return
            }
            for i in 0..<features {
                let (a, b) = (Double(a[i]), Double(b[i]))
                y[edge * features + i] =
                    switch operation {
                    case .add: Float(a + b)
                    case .subtract: Float(a - b)
                    case .multiply: Float(a * b)
                    case .divide: Float(a / b)
                    case .copy, .dot: Float(a)
                    }
            }
        }
    }

    /// Calls the body with each edge and its two rows.
    @inline(__always)
    private func forEachEdge(
        _ tensors: Operands, _ body: (_ edge: Int, _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>) -> Void
    ) {
        let (pointers, indices) = (tensors["pointers"].ints, tensors["indices"].ints)
        let (u, v, e) = (tensors.optional("u")?.floats, tensors.optional("v")?.floats, tensors.optional("e")?.floats)
        let y = UnsafePointer(tensors["y"].floats)
        func row(_ side: EdgeTerms.Side, _ row: Int, _ edge: Int) -> UnsafePointer<Float> {
            switch side {
            case .source: u.map { UnsafePointer($0 + Int(indices[edge]) * features) } ?? y
            case .destination: v.map { UnsafePointer($0 + row * features) } ?? y
            case .edge: e.map { UnsafePointer($0 + edge * features) } ?? y
            }
        }
        for destination in 0..<graph.rows {
            for edge in Int(pointers[destination])..<Int(pointers[destination + 1]) {
                body(edge, row(left, destination, edge), row(right, destination, edge))
            }
        }
    }
}

import CPlatform
import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

/// y[e] = the sum over the features of a head of leaky_relu(u[j] + v[i]) weight, for each edge e from j to i: the scores of GATv2
/// (Brody, Alon and Yahav, "How attentive are graph attention networks?", 2022). Its softmax over the edges of a node comes behind.
///
/// u and v are what the linear layers make of sources and destinations, [nodes, heads * dim]. With features of edges, what theirs
/// makes of them is added before the leaky ReLU.
package struct GATv2Scores: Kernel {
    package static let schema = Schema(
        "gatv2_scores", "the scores of GATv2: a weighted sum per edge and head behind a leaky ReLU",
        GraphSource.parameters + [
            .count("h", as: "heads", default: 1, "heads, each with a score per edge"),
            .count("d", as: "dim", "features of a head"),
            Parameter("slope", .real(0...1), .value(.real(0.2)), "what a negative sum is multiplied by").asExtra,
            .flag("e", as: "edge_features", "adds features of the edges"),
            GraphSource.seed,
        ], example: "nodes=34,edges=156,h=8,d=4")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations]
    let graph: GraphSource
    let heads: Int
    let width: Int
    let slope: Float
    var features: Int { heads * width }

    package init(_ arguments: Arguments) throws(ShapeError) {
        graph = try GraphSource(arguments)
        heads = arguments.int("h")
        width = arguments.int("d")
        slope = Float(arguments.real("slope"))
        self.arguments = graph.completing(arguments)
        let features = try product(heads, width)
        let hasEdges = arguments.flag("e")
        macs = try product(graph.edges, features)
        elementOperations = [
            ElementOperations("add", try product(macs, hasEdges ? 2 : 1)), ElementOperations("compare", macs),
            ElementOperations("multiply", macs),
        ]
        operands =
            try graph.operands + [
                .input("u", [graph.columns, features], layout: "NC"),
                .input("v", [graph.rows, features], layout: "NC"),
            ]
            + (hasEdges ? [.input("e", [graph.edges, features], layout: "EC")] : [])
            + [
                .weight("weight", [heads, width], layout: "HC", fanIn: width),
                .output("y", [graph.edges, heads], layout: "EH"),
            ]
    }

    /// The features of nodes that no edge comes from, and of those that none leads to.
    package var unreadBytes: Int {
        graph.unreadBytes(source: features, destination: features)
    }

    package var reductionLength: Int { width }

    /// Terms of both signs: their sum is about the root of the sum of their squares.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        let squares = [tensors["u"], tensors["v"], tensors.optional("e")].map { tensor in
            let root = tensor?.rootMeanSquare ?? 0
            return root * root
        }
        let root = squares.reduce(0, +).squareRoot() * tensors["weight"].rootMeanSquare
        return [Sums(elements: output.shape.count, length: width, scale: root * Double(width).squareRoot())]
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "by destinations, four features at a time, nothing stored between the steps") {
                tensors, share in
                let pointers = UnsafePointer(tensors["pointers"].ints)
                let rows = share.rows(of: pointers, count: graph.rows)
                if let e = tensors.optional("e")?.floats {
                    score(rows, tensors) { (z, edge, i) in
                        z + SIMD4(at: e + edge * features + i)
                    } one: { (z, edge, i) in
                        z + e[edge * features + i]
                    }
                } else {
                    score(rows, tensors) { z, _, _ in
                        z
                    } one: { z, _, _ in
                        z
                    }
                }
            }
        ]
    }

    /// Scores the edges of some rows. What the edge adds comes from the two closures, for four features and for one.
    @inline(__always)
    private func score(
        _ rows: Range<Int>, _ tensors: Operands, _ four: (_ z: SIMD4<Float>, _ edge: Int, _ i: Int) -> SIMD4<Float>,
        one: (_ z: Float, _ edge: Int, _ i: Int) -> Float
    ) {
        let (pointers, indices) = (UnsafePointer(tensors["pointers"].ints), UnsafePointer(tensors["indices"].ints))
        let (u, v) = (UnsafePointer(tensors["u"].floats), UnsafePointer(tensors["v"].floats))
        let (weight, y) = (UnsafePointer(tensors["weight"].floats), tensors["y"].floats)
        let (features, width, heads, slope) = (features, width, heads, slope)
        let (slopes, zero) = (SIMD4<Float>(repeating: slope), SIMD4<Float>(repeating: 0))
        let whole = width & ~3
        // About as many bytes on their way, however wide the rows.
        let (distance, last) = (max(1, min(32, 1024 / features)), graph.edges - 1)
        for row in rows {
            let own = v + (planted(.gatv2Row) ? 0 : row) * features
            for edge in Int(pointers[row])..<Int(pointers[row + 1]) {
                let source = u + Int(indices[edge]) * features
                // Once per line of 16 floats; the rows of sources are in no order.
                let ahead = u + Int(indices[min(edge + distance, last)]) * features
                for i in stride(from: 0, to: features, by: 16) { assay_prefetch(ahead + i) }
                for head in 0..<heads {
                    let first = head * width
                    var sums = zero
                    for i in stride(from: first, to: first + whole, by: 4) {
                        let z = four(SIMD4(at: source + i) + SIMD4(at: own + i), edge, i)
                        sums += z.chosen(where: zero, isAtMost: z, else: z * slopes) * SIMD4(at: weight + i)
                    }
                    var sum = (sums[0] + sums[2]) + (sums[1] + sums[3])
                    for i in first + whole..<first + width - slip(.gatv2Tail) {
                        let z = one(source[i] + own[i], edge, i)
                        sum += (z < 0 ? z * slope : z) * weight[i]
                    }
                    y[edge * heads + head] = sum
                }
            }
        }
    }

    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        try graph.fill(tensors)
    }

    package func reference(_ tensors: Operands) {
        let (pointers, indices) = (tensors["pointers"].ints, tensors["indices"].ints)
        let (u, v, e) = (tensors["u"].floats, tensors["v"].floats, tensors.optional("e")?.floats)
        let (weight, y) = (tensors["weight"].floats, tensors["y"].floats)
        for row in 0..<graph.rows {
            for edge in Int(pointers[row])..<Int(pointers[row + 1]) {
                for head in 0..<heads {
                    var sum = 0.0
                    for i in head * width..<(head + 1) * width {
                        var z = Double(u[Int(indices[edge]) * features + i]) + Double(v[row * features + i])
                        if let e { z += Double(e[edge * features + i]) }
                        sum += (z < 0 ? z * Double(slope) : z) * Double(weight[i])
                    }
                    y[edge * heads + head] = Float(sum)
                }
            }
        }
    }
}

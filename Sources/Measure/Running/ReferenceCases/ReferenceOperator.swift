import Kernels
import Tensors
import Workloads

/// How the operator of a reference case is computed here: a kind, its arguments, and which operand is which tensor.
struct ReferenceOperator: Sendable {
    /// A workload to run.
    struct Question {
        let kind: Kind
        let arguments: [Schema.Given]
        /// The tensor of the case for each operand that has another name there.
        var names: [String: String] = [:]
        /// How outputs of the case are read from the operands, if they are not an operand as it is.
        var readings: [String: (Operands) -> [Double]] = [:]
        /// Training steps to make; nil if the workload is no training step.
        var steps: Int?
    }

    let name: String
    /// The workload of a case; nil if it cannot be computed with these options.
    let question: @Sendable (ReferenceCase) -> Question?

    /// Every operator.
    static let all = kernels + layers + training

    /// Those that are a kernel each.
    private static let kernels = [
        ReferenceOperator(name: "gspmm", question: aggregation),
        ReferenceOperator(name: "gsddmm", question: edges),
        ReferenceOperator(name: "edge_softmax", question: softmax),
        ReferenceOperator(name: "sort_pool", question: sortPool),
        ReferenceOperator(name: "topk_pool", question: topKPool),
        ReferenceOperator(name: "diff_pool", question: diffPool),
        ReferenceOperator(name: "fps", question: farthestPoints),
        ReferenceOperator(name: "knn", question: nearestNeighbours),
        ReferenceOperator(name: "ball_query", question: ballQuery),
    ]

    /// g-SpMM: `op` is add, sub, mul, div, copy_u or copy_e.
    private static func aggregation(_ known: ReferenceCase) -> Question? {
        guard let op = known.word("op"), let reduce = known.word("reduce") else { return nil }
        guard let features = (known.given("u") ?? known.given("e"))?.rowElements else { return nil }
        let message = op.hasPrefix("copy") ? op : "u_\(op)_e"
        let edge = message == "copy_u" ? 0 : known.given("e")?.rowElements ?? 0
        return Question(
            kind: GSpMM.kind,
            arguments: given(["f": "\(features)", "message": message, "reduce": reduce, "e": "\(edge)"]))
    }

    /// g-SDDMM: `lhs`, `op` and `rhs`, of which a copy has no last one.
    private static func edges(_ known: ReferenceCase) -> Question? {
        guard let op = known.word("op"), let left = known.word("lhs"), let row = known.given(left) else { return nil }
        let heads = op == "dot" && row.shape.count > 2 ? row.shape[1] : 1
        let name = known.word("rhs").map { "\(left)_\(op)_\($0)" } ?? "copy_\(left)"
        return Question(
            kind: GSDDMM.kind, arguments: given(["f": "\(row.rowElements)", "op": name, "h": "\(heads)"]))
    }

    private static func softmax(_ known: ReferenceCase) -> Question? {
        guard let heads = known.given("x")?.rowElements else { return nil }
        let end = known.word("norm_by") == "src" ? "source" : "destination"
        return Question(kind: EdgeSoftmax.kind, arguments: given(["h": "\(heads)", "by": end]))
    }

    private static func sortPool(_ known: ReferenceCase) -> Question? {
        guard let x = known.given("x"), let nodes = x.shape.first, let k = known.count("k"),
            let graphs = known.count("graphs")
        else { return nil }
        return Question(
            kind: SortPool.kind,
            arguments: given([
                "graphs": "\(graphs)", "nodes": "\(nodes)", "f": "\(x.rowElements)", "k": "\(k)",
            ]))
    }

    /// The case holds what is kept, the kernel has room for all.
    private static func topKPool(_ known: ReferenceCase) -> Question? {
        guard let features = known.given("x")?.rowElements, let ratio = known.number("ratio"),
            let graphs = known.count("graphs")
        else { return nil }
        func kept(_ tensors: Operands) -> Int { Int(tensors["count"].ints[0]) }
        return Question(
            kind: TopKPool.kind,
            arguments: given(["batch": "\(graphs)", "f": "\(features)", "ratio": "\(ratio)"]),
            names: ["weight": "select.weight"],
            readings: [
                "y": { tensors in (0..<kept(tensors) * features).map { tensors["y"][$0] } },
                "index": { tensors in (0..<kept(tensors)).map { tensors["index"][$0] } },
                "edge_index": { tensors in
                    let (edges, kept) = (tensors["edge_index"].count / 2, Int(tensors["count"].ints[1]))
                    return (0..<2 * kept).map { tensors["edge_index"][$0 / kept * edges + $0 % kept] }
                },
            ])
    }

    private static func diffPool(_ known: ReferenceCase) -> Question? {
        guard let s = known.given("s")?.shape, let x = known.given("x")?.shape, s.count == 3, x.count == 3 else {
            return nil
        }
        return Question(
            kind: DiffPool.kind, arguments: given(["b": "\(s[0])", "n": "\(s[1])", "c": "\(s[2])", "f": "\(x[2])"]))
    }

    private static func farthestPoints(_ known: ReferenceCase) -> Question? {
        guard let clouds = clouds(known), let ratio = known.number("ratio") else { return nil }
        return Question(kind: FarthestPoints.kind, arguments: given(clouds.arguments + [("ratio", "\(ratio)")]))
    }

    private static func nearestNeighbours(_ known: ReferenceCase) -> Question? {
        guard let clouds = clouds(known), let k = known.count("k") else { return nil }
        return Question(kind: NearestNeighbours.kind, arguments: given(clouds.arguments + [("k", "\(k)")]))
    }

    /// The case has pairs of a centre and a point; here they are the edges of a graph.
    private static func ballQuery(_ known: ReferenceCase) -> Question? {
        guard let clouds = clouds(known), let radius = known.number("r") else { return nil }
        return Question(
            kind: BallQuery.kind,
            arguments: given(clouds.arguments + [("r", "\(radius)"), ("most", "\(clouds.largest)")]),
            readings: [
                "pairs": { tensors in
                    let (pointers, indices) = (tensors["pointers"], tensors["indices"])
                    return (0..<pointers.count - 1).flatMap { centre in
                        let first = max(0, min(Int(pointers[centre]), indices.count))
                        let last = max(first, min(Int(pointers[centre + 1]), indices.count))
                        return (first..<last).flatMap { [Double(centre), indices[$0]] }
                    }
                }
            ])
    }

    /// The arguments that describe the clouds of a case, and the points of the largest one.
    private static func clouds(_ known: ReferenceCase) -> (arguments: [(String, String)], largest: Int)? {
        guard let counts = known.counts("clouds"), let largest = counts.max(), let pos = known.given("pos") else {
            return nil
        }
        let points = counts.map(String.init).joined(separator: "+")
        return ([("points", points), ("d", "\(pos.rowElements)")], largest)
    }

    private static func given(_ arguments: [(String, String)]) -> [Schema.Given] {
        arguments.map { Schema.Given($0.0, $0.1) }
    }

    static func given(_ arguments: [String: String]) -> [Schema.Given] {
        arguments.sorted { $0.key < $1.key }.map { Schema.Given($0.key, $0.value) }
    }
}

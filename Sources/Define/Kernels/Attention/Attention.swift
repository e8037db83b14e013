import Foundation
import Settings
import Tensors
import Workloads

/// Scaled dot-product attention: softmax(Q K^T / sqrt(d)) V, head by head (Vaswani et al., 2017).
///
/// Query heads that share a key head are neighbours (Ainslie et al., GQA, 2023). Causal masks are aligned at the ends,
/// as for decoding with a cache: query i sees the keys j <= i + (key - query). A query that sees no key gives 0.
///
/// A masked key adds nothing, whatever its value. `openblas` is the exception: its products include all keys, with
/// weights of 0, so an infinite or NaN value that is masked gives NaN.
///
/// If packed, it reads the output of a layer that projects to queries, keys and values at once, and writes the input of
/// the next layer: the heads of a token are side by side.
package struct Attention: Kernel {
    package static let schema = Schema(
        "attention", "scaled dot-product attention, with grouped heads and a causal mask",
        [
            .count("b", as: "batch", default: 1, "sequences"),
            .count("h", as: "heads", "heads of the queries"),
            Parameter(
                "kv", as: "key_heads", .int(1...Int(Int32.max)), .derived("heads") { .int($0.int("h")) },
                "heads of the keys and values, each shared by as many query heads"),
            .count("q", as: "query", "queries: 1 is a step of decoding"),
            Parameter(
                "k", as: "key", .int(1...Int(Int32.max)), .derived("query") { .int($0.int("q")) }, "keys and values"),
            .count("d", as: "dim", "elements of a query, a key and a value"),
            .flag("causal", "hides the keys after a query"),
            .flag("packed", "reads queries, keys and values of a token side by side, [batch, query, 3, heads, dim]")
                .asExtra,
        ], example: "h=2,q=5,d=8")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations]
    /// Query heads in the whole batch. The number of key heads is this divided by `sharing`.
    let heads: Int
    /// Query heads per key head.
    let sharing: Int
    let queries: Int
    let keys: Int
    let dim: Int
    let isCausal: Bool
    let places: Places

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        let (batch, queryHeads, keyHeads) = (arguments.int("b"), arguments.int("h"), arguments.int("kv"))
        guard queryHeads.isMultiple(of: keyHeads) else {
            throw ShapeError(
                "\(keyHeads) key heads do not divide \(queryHeads) heads", parameter: "key_heads",
                remedy: Divisors.suggestion(near: keyHeads, of: queryHeads))
        }
        heads = try product(batch, queryHeads)
        sharing = queryHeads / keyHeads
        queries = arguments.int("q")
        keys = arguments.int("k")
        dim = arguments.int("d")
        isCausal = arguments.flag("causal")
        macs = try product(2, heads, queries, keys, dim)
        elementOperations = [ElementOperations("exp", try product(heads, queries, keys))]
        if arguments.flag("packed") {
            guard keyHeads == queryHeads, keys == queries else {
                throw ShapeError(
                    "packed, there are as many keys as queries, and as many heads of each", parameter: "packed",
                    remedy: "leave out 'key_heads' and 'key'")
            }
            operands = [
                try .input("qkv", [batch, queries, 3, queryHeads, dim], layout: "BSTHD"),
                try .output("y", [batch, queries, queryHeads, dim], layout: "BSHD"),
            ]
            places = Places(tokens: queries, heads: queryHeads, dim: dim)
        } else {
            operands = [
                try .input("q", [batch, queryHeads, queries, dim], layout: "BHSD"),
                try .input("k", [batch, keyHeads, keys, dim], layout: "BHSD"),
                try .input("v", [batch, keyHeads, keys, dim], layout: "BHSD"),
                try .output("y", [batch, queryHeads, queries, dim], layout: "BHSD"),
            ]
            places = Places(queries: queries, keys: keys, dim: dim)
        }
    }

    package var reductionLength: Int { max(keys, dim) }

    /// Two products per key that a query sees.
    package var necessaryMACs: Int {
        guard isCausal else { return macs }
        return 2 * heads * dim * (0..<queries).reduce(0) { $0 + visible(to: $1) }
    }

    /// The number of keys that a query sees; they come first.
    func visible(to query: Int) -> Int { isCausal ? max(0, min(keys, query + keys - queries + 1)) : keys }

    /// Rows of queries per product with their keys: those of one head, or, in decoding, those of all heads that share a
    /// key head, so that keys and values are read once.
    private var rows: Int { queries == 1 ? sharing : queries }
    /// Keys per product. The few rows of decoding do not make up for packing a long cache of keys: OpenBLAS multiplies
    /// small matrices in place.
    private var step: Int { queries == 1 ? 128 : keys }

    package var implementations: [Implementation] {
        var workspace = Workspace()
        let scores = workspace.shared(rows * keys)
        return [
            native,
            Implementation(
                "openblas", "\(rows == 1 ? "sgemv, softmax, sgemv" : "sgemm, softmax, sgemm") a head",
                threading: .any, unsupported: BLAS.refusal(rows, keys, dim), workspace: workspace
            ) { tensors, setting, memory in
                try BLAS.use(threads: setting.threads)
                return PreparedCall {
                    for head in stride(from: 0, to: heads, by: rows / queries) {
                        let shared = head / sharing
                        attend(
                            places.q.matrix(tensors[places.q.operand], head),
                            places.k.matrix(tensors[places.k.operand], shared),
                            places.v.matrix(tensors[places.v.operand], shared), memory[scores],
                            into: places.y.matrix(tensors[places.y.operand], head))
                    }
                }
            },
        ]
    }

    private func attend(
        _ query: BLAS.Matrix, _ key: BLAS.Matrix, _ value: BLAS.Matrix, _ scores: UnsafeMutablePointer<Float>,
        into output: BLAS.Matrix
    ) {
        if rows == 1 {
            BLAS.multiply(rows: keys, columns: dim, key, query.base, into: scores)
            softmaxRow(scores, count: keys, scale: scale)
            BLAS.multiply(rows: keys, columns: dim, value, transposed: true, scores, into: output.base)
        } else {
            for first in stride(from: 0, to: keys, by: step) {
                BLAS.multiply(
                    rows: rows, columns: min(step, keys - first), depth: dim, query,
                    key.from(row: first), transposed: true, into: BLAS.Matrix(scores + first, stride: keys))
            }
            for i in 0..<rows {
                let (row, seen) = (scores + i * keys, visible(to: i % queries))
                softmaxRow(row, count: seen, scale: scale)
                (row + seen).update(repeating: 0, count: keys - seen)
            }
            for first in stride(from: 0, to: keys, by: step) {
                BLAS.multiply(
                    rows: rows, columns: dim, depth: min(step, keys - first),
                    BLAS.Matrix(scores + first, stride: keys), value.from(row: first), adding: first > 0,
                    into: output)
            }
        }
    }

    private var scale: Float { 1 / Float(dim).squareRoot() }

    package func reference(_ tensors: Operands) {
        // [dim, keys], so that the loop over keys reads consecutive memory.
        var turned = [Double](repeating: 0, count: dim * keys)
        var weights = [Double](repeating: 0, count: keys)
        var sums = [Double](repeating: 0, count: dim)
        for head in 0..<heads {
            let (q, y) = (places.q.base(tensors, head), places.y.base(tensors, head))
            let (k, v) = (places.k.base(tensors, head / sharing), places.v.base(tensors, head / sharing))
            if head.isMultiple(of: sharing) {
                for j in 0..<keys {
                    for i in 0..<dim { turned[i * keys + j] = Double(k[j * places.k.row + i]) }
                }
            }
            for query in 0..<queries {
                let seen = visible(to: query)
                for j in 0..<seen { weights[j] = 0 }
                for i in 0..<dim {
                    let factor = Double(q[query * places.q.row + i]) / Double(dim).squareRoot()
                    for j in 0..<seen { weights[j] += factor * turned[i * keys + j] }
                }
                let largest = weights[..<seen].max() ?? 0
                var total = 0.0
                for j in 0..<seen {
                    weights[j] = exp(weights[j] - largest)
                    total += weights[j]
                }
                for i in 0..<dim { sums[i] = 0 }
                for j in 0..<seen {
                    for i in 0..<dim { sums[i] += weights[j] * Double(v[j * places.v.row + i]) }
                }
                for i in 0..<dim {
                    y[query * places.y.row + i] = Float(seen > 0 ? sums[i] / total : 0)
                }
            }
        }
    }
}

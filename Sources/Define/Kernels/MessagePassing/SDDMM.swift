import Vectors
import Workloads

/// The two operations of `GSDDMM` that attention on graphs needs, between the ends of an edge: u[j] . v[i], the scores of dot-product
/// attention; u[j] + v[i], those of GAT (Velickovic et al., 2018).
package enum SDDMM {
    package static let schema = Schema(
        "sddmm", "a product or sum per edge, of the rows of its two ends",
        GraphSource.parameters + [
            .count("f", as: "features", "features of a node; for 'add' its heads"),
            .choice("op", ["dot", "add"], "dot: a number per edge; add: one per feature"),
            GraphSource.index, GraphSource.seed,
        ], example: "nodes=34,edges=156,f=16")

    package static let kind: Kind = Kind(schema) { (arguments) throws(ShapeError) in
        try GSDDMM(
            kind, arguments, arguments.word("op") == "add" ? .add : .dot, left: .source, right: .destination, heads: 1
        ).withIndices
    }
}

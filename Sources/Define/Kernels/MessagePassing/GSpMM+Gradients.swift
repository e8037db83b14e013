import Workloads

/// The gradient of an aggregation with respect to the sources' rows is the aggregation of the gradient along the edges turned around; that
/// with respect to the edges is a product per edge (g-SDDMM).
extension GSpMM: Differentiable {
    package func backward(to wanted: Set<String>) throws(ShapeError) -> Backward {
        guard !update.hasEpsilon || !wanted.contains("eps") else { throw .noGradient(of: "eps", in: self) }
        guard reduction == .sum, [.copyU, .copyE, .multiply].contains(message) else {
            throw .noGradient(of: message.readsSource ? source : edge, in: self)
        }
        var backward = Backward()
        let all = try Rows(count: rows, features: features)
        var dy = try backward.addEpilogue(
            update.isRelu ? "relu" : "none", rows: all, bias: update.hasBias && wanted.contains("bias"))
        if update.hasOwn, wanted.contains("own") {
            backward.gradients["own"] = try backward.addScaled(
                dy, by: update.ownFactor, elements: all.elements, "by_own")
        }
        dy = try backward.addScaled(dy, by: update.factor, elements: all.elements, "by_factor")
        if message.readsSource, wanted.contains(source) { try backward.addSources(of: self, dy) }
        if message.readsEdge, wanted.contains(edge) { try backward.addEdges(of: self, dy) }
        return backward
    }
}

extension Backward {
    /// The sum over the edges that leave each source.
    fileprivate mutating func addSources(of sum: GSpMM, _ dy: Source) throws(ShapeError) {
        let turned = add(
            "transposed", try TransposedGraph.kind.workload(sum.graphArguments),
            ["pointers": .operand("pointers"), "indices": .operand("indices")], isOfGraph: true)
        var reads: [String: Source] = [
            "pointers": turned["pointers_t"], "indices": turned["indices_t"], "u": dy,
        ]
        if sum.message == .multiply {
            let gather = try Gather.kind.workload([
                ("rows", sum.edges), ("count", sum.edges), ("f", sum.edgeFeatures),
            ])
            reads["e"] =
                add(
                    "edges", gather, ["index": turned["order"], "x": .operand(sum.edge)], isOfGraph: true)["y"]
        }
        let (rows, columns) = (sum.graph.columns, sum.rows)
        let backward = try GSpMM.kind.workload(
            [("graph", rows == columns ? "rmat" : "uniform"), ("nodes", rows), ("edges", sum.edges)]
                + (rows == columns ? [] : [("sources", columns)])
                + [("f", sum.features), ("message", sum.message.rawValue), ("e", sum.edgeFeatures)])
        gradients[sum.source] = add("by_\(sum.source)", backward, reads)["y"]
    }

    /// A product per edge of its source's row and the gradient of its destination, or just the latter.
    fileprivate mutating func addEdges(of sum: GSpMM, _ dy: Source) throws(ShapeError) {
        let isCopy = sum.message == .copyE
        guard !isCopy || sum.edgeFeatures == sum.features else { throw .noGradient(of: sum.edge, in: sum) }
        let isRow = sum.edgeFeatures == sum.features && sum.features > 1
        let operation = isCopy ? "copy_v" : isRow ? "u_mul_v" : "u_dot_v"
        let products = try GSDDMM.kind.workload(
            sum.graphArguments + [
                ("f", sum.features), ("op", operation), ("h", operation == "u_dot_v" ? sum.edgeFeatures : 1),
            ])
        let reads: [String: Source] = [
            "pointers": .operand("pointers"), "indices": .operand("indices"), "v": dy,
        ]
        gradients[sum.edge] =
            add(
                "by_\(sum.edge)", products, isCopy ? reads : reads.merging(["u": .operand(sum.source)]) { $1 })["y"]
    }
}

extension GSpMM {
    /// Those that say which graph it is.
    fileprivate var graphArguments: [(String, any CustomStringConvertible)] {
        let keys = GraphSource.parameters.map(\.key) + [GraphSource.seed.key]
        return arguments.pairs.filter { keys.contains($0.key) }.map { ($0.key, $0.value) }
    }
}

import Workloads

/// The gradients of kernels that other kernels compute: products with other strides, sums and copies.

extension MatMul: Differentiable {
    /// y = x w: dx = dy w^T, dw = x^T dy.
    package func backward(to wanted: Set<String>) throws(ShapeError) -> Backward {
        var backward = Backward()
        let rows = try Rows(count: self.rows, features: n)
        let dy = try backward.addEpilogue(
            arguments.word("act"), rows: rows, bias: epilogue.hasBias && wanted.contains("bias"))
        if epilogue.hasResidual { backward.gradients["residual"] = dy }
        if wanted.contains("x") {
            let product = try BatchMatMul.kind.workload([("m", rows.count), ("k", n), ("n", k), ("tb", !isTransposed)])
            backward.gradients["x"] = backward.add("by_x", product, ["a": dy, "w": .operand("weight")])["y"]
        }
        if wanted.contains("weight") {
            let (left, right) = isTransposed ? (dy, Backward.Source.operand("x")) : (.operand("x"), dy)
            let product = try BatchMatMul.kind.workload([
                ("m", isTransposed ? n : k), ("k", rows.count), ("n", isTransposed ? k : n), ("ta", true),
            ])
            backward.gradients["weight"] = backward.add("by_weight", product, ["a": left, "w": right])["y"]
        }
        return backward
    }
}

extension Identity: Differentiable {
    package func backward(to wanted: Set<String>) -> Backward {
        var backward = Backward()
        backward.gradients["x"] = .gradient(of: "y")
        return backward
    }
}

extension Scale: Differentiable {
    package func backward(to wanted: Set<String>) throws(ShapeError) -> Backward {
        var backward = Backward()
        backward.gradients["x"] = try backward.addScaled(
            .gradient(of: "y"), by: arguments.real("factor"), elements: arguments.int("elements"), "by_x")
        return backward
    }
}

extension Add: Differentiable {
    package func backward(to wanted: Set<String>) throws(ShapeError) -> Backward {
        guard !arguments.flag("eps") else { throw ShapeError.noGradient(of: "eps", in: self) }
        var backward = Backward()
        for (operand, factor) in [("a", "alpha"), ("b", "beta")] where wanted.contains(operand) {
            backward.gradients[operand] = try backward.addScaled(
                .gradient(of: "y"), by: arguments.real(factor), elements: arguments.int("elements"), "by_\(operand)")
        }
        return backward
    }
}

extension Backward {
    /// A factor times something: the thing itself if the factor is 1.
    mutating func addScaled(_ source: Source, by factor: Double, elements: Int, _ name: String) throws(ShapeError)
        -> Source
    {
        guard factor != 1 else { return source }
        return add(name, try Scale.kind.workload([("elements", elements), ("factor", factor)]), ["x": source])["y"]
    }
}

extension ShapeError {
    /// A gradient that Assay cannot compute yet.
    static func noGradient(of operand: String, in workload: some Workload) -> ShapeError {
        ShapeError(
            "there is no gradient of '\(operand)' in \(workload.brief.isEmpty ? workload.schema.name : workload.name)",
            remedy: "train another model")
    }
}

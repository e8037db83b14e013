import Kernels
import Mutants
import Workloads

extension Pass {
    /// A linear layer behind a sum or mean over neighbours moves before it where its output is narrower: (A x) W = A (x W), and fewer
    /// features travel over the edges. A node's own row that is added to the sum is transformed too; the bias comes last.
    static let aggregateLate = Pass(
        name: "aggregate-late", summary: "linear layers move before aggregations where that makes messages narrower",
        servesTraining: true
    ) { graph throws(ShapeError) in
        // From the last on: a layer that moved may move on before the aggregation that is now before it.
        var (isMoved, hasMoved) = (true, false)
        while isMoved {
            isMoved = false
            for number in graph.numbers.reversed() where try graph.transformBefore(number) { isMoved = true }
            hasMoved = hasMoved || isMoved
        }
        if hasMoved { try graph.fuseUpdates() }
    }
}

extension Rewriting {
    /// Exchanges an aggregation and the linear layer behind it. Returns whether it did.
    fileprivate mutating func transformBefore(_ number: Int) throws(ShapeError) -> Bool {
        guard var sum = self[number], let aggregation = sum.workload as? GSpMM, aggregation.isLinear,
            let next = onlyConsumer(of: number), var linear = self[next], linear.workload is MatMul,
            linear.hasFreeEpilogue, !linear.workload.arguments.flag("residual"),
            let source = sum.inputs["u"], sum.inputs["own"].map({ $0 == source }) ?? true,
            let output = linear.onlyOutput
        else { return false }
        let (has, arguments) = (aggregation.arguments, linear.workload.arguments)
        let (width, narrow) = (arguments.int("k"), arguments.int("n"))
        guard narrow < width, has.int("f") == width, arguments.int("b") == 1 else { return false }

        let sources = features[source].count / width
        let between = addFeature(count: try product(sources, narrow))
        sum.workload = try aggregation.with(["f": .int(narrow), "bias": .flag(arguments.flag("bias"))])
        sum.weights["bias"] = linear.weights["bias"]
        sum.inputs["u"] = between
        if sum.inputs["own"] != nil { sum.inputs["own"] = between }
        sum.outputs[0].feature = output
        linear.workload = try linear.workload.with(["m": .int(sources), "bias": .flag(false)])
        linear.weights["bias"] = nil
        linear.inputs["x"] = source
        linear.outputs[0].feature = between
        self[number] = nil
        self[next] = nil
        self[number] = linear
        self[next] = sum
        return true
    }
}

extension GSpMM {
    /// Whether it is linear in the sources' rows, feature by feature, and adds nothing to them that another layer has computed.
    fileprivate var isLinear: Bool {
        let isSum = arguments.word("reduce") == "sum" || arguments.word("reduce") == "mean"
        let message = arguments.word("message")
        let isProduct = message == "copy_u" || message == "u_mul_e" && arguments.int("e") == 1
        return isSum && isProduct && arguments.word("act") == "none" && !arguments.flag("bias")
    }
}

import Kernels
import Mutants
import Workloads

extension Pass {
    /// Messages, their reduction and what nodes make of it become one layer, so that no message is stored: DGL's g-SpMM (Wang et al.,
    /// "Deep Graph Library", 2019). Scores of attention, their softmax and the weighted sum become one layer too.
    static let fuseMessages = Pass(
        name: "fuse-messages", summary: "messages over edges, their reduction and the update of nodes become one layer",
        servesTraining: true
    ) { graph throws(ShapeError) in
        for number in graph.numbers { try graph.fuseMessage(number) }
        for number in graph.numbers { try graph.fuseAttention(number) }
        try graph.fuseUpdates()
    }
}

extension Rewriting {
    /// Lets an aggregation make the messages that it reduces.
    fileprivate mutating func fuseMessage(_ number: Int) throws(ShapeError) {
        guard let message = self[number], message.workload is EdgeMessages, let next = onlyConsumer(of: number),
            var layer = self[next], layer.workload is GSpMM, layer.workload.arguments.word("message") == "copy_e",
            layer.inputs["e"] == message.onlyOutput
        else { return }
        let sent = message.workload.arguments
        layer.workload = try layer.workload.with([
            "message": .word(sent.word("message")), "e": .int(sent.int("e")),
        ])
        layer.inputs["e"] = nil
        layer.inputs.merge(message.inputs) { $1 }
        self[number] = nil
        self[next] = layer
    }

    /// Makes one layer of scores, softmax and weighted sum.
    fileprivate mutating func fuseAttention(_ number: Int) throws(ShapeError) {
        guard let scores = self[number], scores.workload is GATScores, scores.inputs["e"] == nil,
            let softmax = onlyConsumer(of: number), self[softmax]?.workload is EdgeSoftmax,
            let sum = onlyConsumer(of: softmax), var layer = self[sum], let weighted = layer.workload as? GSpMM,
            let heads = weighted.headsOfWeightedSum, heads == scores.workload.arguments.int("h"),
            layer.inputs["e"] == self[softmax]?.onlyOutput, let values = layer.inputs["u"]
        else { return }
        let given =
            weighted.arguments.graph + [
                Schema.Given("h", "\(heads)"), Schema.Given("d", "\(weighted.arguments.int("f") / heads)"),
                Schema.Given("slope", "\(scores.workload.arguments.real("slope"))"),
            ]
        layer.workload = try GraphAttention.kind.workload(from: given)
        layer.inputs = scores.inputs.merging(["x": values]) { $1 }
        self[number] = nil
        self[softmax] = nil
        self[sum] = layer
    }

    /// Lets aggregations add the node's own row and the bias, and apply relu.
    mutating func fuseUpdates() throws(ShapeError) {
        // What is done to an aggregation moves it to a later place, where more may follow.
        for number in numbers { try fuseUpdate(number) }
    }

    /// Lets an aggregation do what the only layer does that reads it, and puts it in the place of that layer.
    private mutating func fuseUpdate(_ number: Int) throws(ShapeError) {
        guard var layer = self[number], layer.canUpdateRows, let next = onlyConsumer(of: number),
            let update = self[next],
            let result = layer.onlyOutput, let output = update.onlyOutput
        else { return }
        let (has, arguments) = (layer.workload.arguments, update.workload.arguments)
        guard has.word("act") == "none" else { return }
        switch update.workload {
        case is Activation:
            guard arguments.word("function") == "relu" else { return }
            layer.workload = try layer.workload.with(["act": .word("relu")])
        case is BiasAdd:
            guard !has.flag("bias"), arguments.word("act") == "none" else { return }
            layer.workload = try layer.workload.with(["bias": .flag(true)])
            layer.weights["bias"] = update.weights["bias"]
        case is Add:
            // What is added may be later than the aggregation: so that moves to the place of the sum.
            guard layer.workload is GSpMM, !has.flag("own"), !has.flag("bias"), has.real("factor") == 1 else { return }
            let (a, b) = (update.inputs["a"], update.inputs["b"])
            let hasEpsilon = arguments.flag("eps")
            guard a != b, let other = a == result ? b : a, !hasEpsilon || a == result else { return }
            let (alpha, beta) = (arguments.real("alpha"), arguments.real("beta"))
            layer.workload = try layer.workload.with([
                "factor": .real(a == result ? alpha : beta), "own": .flag(true),
                "own_factor": .real(a == result ? beta : alpha), "eps": .flag(hasEpsilon),
            ])
            layer.inputs["own"] = other
            layer.weights["eps"] = update.weights["eps"]
        default: return
        }
        if let place = layer.outputs.indices.first { layer.outputs[place].feature = output }
        self[number] = nil
        self[next] = layer
    }
}

extension Layer {
    /// Whether it reduces messages and could add a bias to its rows.
    fileprivate var canUpdateRows: Bool { workload is GSpMM || workload is GraphAttention }
}

extension GSpMM {
    /// The heads of a sum of sources' rows, each head of them times a number of the edge; nil if it is another aggregation, or if more is
    /// done than summing.
    fileprivate var headsOfWeightedSum: Int? {
        let isPlain = arguments.word("act") == "none" && !arguments.flag("bias") && !arguments.flag("own")
        let isSum = arguments.word("message") == "u_mul_e" && arguments.word("reduce") == "sum"
        return isPlain && isSum && arguments.real("factor") == 1 ? arguments.int("e") : nil
    }
}

extension Arguments {
    /// Those that say which graph it is.
    var graph: [Schema.Given] {
        let keys = GraphSource.parameters.map(\.key) + [GraphSource.seed.key]
        return pairs.filter { keys.contains($0.key) }.map { Schema.Given($0.key, $0.value.description) }
    }
}

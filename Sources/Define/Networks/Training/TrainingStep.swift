import Kernels
import Settings
import Tensors
import Workloads

/// A training step of a classifier: forward, loss, backward, update. Its parameters are states, which the update changes.
struct TrainingStep {
    private let arguments: Arguments

    static let parameters: [Parameter] = [
        .choice("mode", ["inference", "training"], "what a call is: one forward pass, or one training step").asExtra,
        .choice("optimizer", ["sgd", "adam", "adamw"], "of a training step: how parameters are updated").asExtra,
        Parameter("lr", .real(0...1e6), .value(.real(0.01)), "of a training step: learning rate").asExtra,
        Parameter("momentum", .real(0...1), .value(.real(0)), "of sgd: how much of the last step stays").asExtra,
        Parameter(
            "weight_decay", .real(0...1e6), .value(.real(0)),
            "of a training step: the share of a parameter that is taken away"
        ).asExtra,
        Parameter(
            "labelled", .real(0...1), .value(.real(1)), "of a training step: share of the rows that have a label"
        ).asExtra,
    ]

    init(_ arguments: Arguments) { self.arguments = arguments }

    /// Goes on with a network that is written up to its outputs. Throws if it has no gradients, or other outputs than scores [rows, classes].
    func written(for network: GraphBuilder) throws(ShapeError) -> GraphBuilder {
        var graph = try Passes.chosen(by: arguments).rewritten(network.graph)
        let outputs = graph.takeOutputs()
        guard outputs.count == 1, let scores = outputs.first, scores.operand.shape.extents.count == 2,
            scores.operand.element == .f32
        else {
            throw ShapeError(
                "a model without rows of scores cannot be trained", parameter: "mode", remedy: "train a classifier")
        }
        let parameters = try graph.trainWeights()
        let net = GraphBuilder(graph, fillers: network.fillers)
        let gradient = try loss(net, scores)
        var differentiation = Differentiation(net, to: parameters.map(\.feature))
        let gradients = try differentiation.run(from: [scores.feature: gradient])
        for parameter in parameters {
            guard let gradient = gradients[parameter.feature] else { continue }
            try update(net, parameter.name, net.map(parameter.feature), gradient)
        }
        return net
    }

    /// Adds labels and the loss. Returns the gradient of the scores.
    private func loss(
        _ net: GraphBuilder, _ scores: (operand: Operand, feature: Int)
    ) throws(ShapeError) -> FeatureMap {
        let (rows, classes) = (scores.operand.shape.extents[0], scores.operand.shape.extents[1])
        let labelled = arguments.real("labelled")
        let labels = net.inputs([try .indices("labels", rows, layout: "N")]) { tensors, seed in
            CrossEntropy.fill(
                tensors["labels"].ints, rows: rows, classes: classes, labelled: labelled, seed: seed)
        }
        let maps = try net.outputs(
            of: "loss", CrossEntropy.kind, [("rows", rows), ("classes", classes), ("labelled", labelled)],
            inputs: ["x": net.map(scores.feature), "labels": labels[0]])
        try net.output("loss", maps[0].map, layout: "1")
        return maps[1].map
    }

    /// Adds the update of a parameter. What the optimizer remembers of it is zero at first.
    private func update(
        _ net: GraphBuilder, _ name: String, _ parameter: FeatureMap, _ gradient: FeatureMap
    ) throws(ShapeError) {
        let (optimizer, elements) = (arguments.word("optimizer"), parameter.count)
        func memory(_ names: [String]) throws(ShapeError) -> [String: FeatureMap] {
            var states: [String: FeatureMap] = [:]
            for state in names {
                let count = state == "step" ? 1 : elements
                states[state] = try net.state("optimizer.\(name).\(state)", [count], layout: "C")
            }
            return states
        }
        let common: [(String, any CustomStringConvertible)] = [
            ("elements", elements), ("lr", arguments.real("lr")), ("weight_decay", arguments.real("weight_decay")),
        ]
        let inputs = ["gradient": gradient, "parameter": parameter]
        if optimizer == "sgd" {
            let momentum = arguments.real("momentum")
            let buffers = try memory(momentum != 0 ? ["momentum_buffer"] : [])
            _ = try net.outputs(
                of: "update.\(name)", SGD.kind, common + [("momentum", momentum)],
                inputs: inputs.merging(buffers) { $1 })
        } else {
            let buffers = try memory(["exp_avg", "exp_avg_sq", "step"])
            _ = try net.outputs(
                of: "update.\(name)", Adam.kind, common + [("decoupled", optimizer == "adamw")],
                inputs: inputs.merging(buffers) { $1 })
        }
    }
}

extension Arguments {
    /// Whether the arguments of a model ask for a training step.
    var isTraining: Bool { self["mode"] == .word("training") }
}

extension Graph {
    /// Makes states of the weights that training learns. Returns the name of each, and the feature map of its value when a run begins.
    fileprivate mutating func trainWeights() throws(ShapeError) -> [(name: String, feature: Int)] {
        let learned = operands.filter { $0.role == .weight && $0.isLearned }.map(\.name)
        var features: [String: Int] = [:]
        for name in learned { features[name] = train(name) }
        for number in layers.indices {
            for (operand, weight) in layers[number].weights {
                guard case .given(let name) = weight else {
                    throw ShapeError(
                        "layer '\(layers[number].name)' has a weight that is made from others, of which there are no gradients",
                        remedy: "leave out the pass that makes it, or train another model")
                }
                guard let feature = features[name] else { continue }
                layers[number].weights[operand] = nil
                layers[number].inputs[operand] = feature
            }
        }
        return learned.compactMap { name in features[name].map { (name, $0) } }
    }
}

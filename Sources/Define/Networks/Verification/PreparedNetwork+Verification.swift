import Platform
import Tensors
import Workloads

/// The result of verifying a network that is right.
package struct NetworkAnswer: Sendable {
    /// The layer that uses most of its tolerance, and its deviation; nil for a network without layers.
    package internal(set) var worst: (layer: String, deviation: Deviation)?
    /// `PreparedNetwork.fingerprint()` of this run.
    package internal(set) var fingerprint = Fingerprint.empty
}

/// A network is verified layer by layer, in the order and in the memory in which it runs:
///
/// 1. What a layer reads is what an earlier layer wrote there: nothing has overwritten it since.
/// 2. What it writes is what the graph as written computes from the same inputs, with the references of the kernels,
///    within the tolerance of the layer's own kernel. A feature map has one number in both graphs. So the layer stands
///    for all written layers between its inputs and its outputs, whatever the passes made of them.
///
/// A pass may add a map that the written graph does not have. Then the layer that writes it is held against the reference of its own
/// kernel, and a layer that reads it stands for all written layers from what that layer read.
///
/// Together they show that the network computes what was written, up to the rounding of each layer. The outputs alone
/// could not: a deep network may enlarge a rounding error a thousand times, or hide a wrong layer. They are compared
/// too: see `verifyEnd`.
///
/// Weights that a pass made are rounded once or twice more than those as written. The errors have independent signs,
/// like those of products in a sum, so they are within the tolerance of a sum.
extension PreparedNetwork {
    /// Runs once and throws a `LayerFault` at the first wrong layer. Besides the network's own memory it needs that of
    /// one layer at a time: see `NetworkPlan.verificationBytes`.
    package func verify() throws -> NetworkAnswer {
        guard plan.graph.outputs.map(\.feature) == plan.written.outputs.map(\.feature) else {
            throw LayerFault("the passes changed which feature maps are the outputs")
        }
        var answer = NetworkAnswer()
        var written: [Int: (fingerprint: UInt64, layer: String)] = [:]
        for (name, feature) in plan.graph.inputs {
            written[feature] = (model[name].fingerprint(), "the input '\(name)'")
        }
        for (name, state) in plan.graph.states {
            written[state.first] = (model[name].fingerprint(), "the run before (state '\(name)')")
        }
        func check(_ feature: Int, readBy reader: String) throws(LayerFault) {
            guard let tensor = features[feature], let (fingerprint, writer) = written[feature] else {
                throw LayerFault("\(reader) reads what no layer has written")
            }
            guard tensor.fingerprint() == fingerprint else {
                throw LayerFault("\(reader) reads what \(writer) wrote, but another layer has written over it since")
            }
        }
        let reference = ReferenceRun(plan.written)
        var added = AddedFeatures()
        for (index, layer) in plan.graph.layers.enumerated() {
            for feature in Set(layer.inputs.values) { try check(feature, readBy: "layer '\(layer.name)'") }
            let deviation = try verify(index, reference, &added)
            if let deviation, answer.worst.map({ deviation.share > $0.deviation.share }) ?? true {
                answer.worst = (layer.name, deviation)
            }
            for feature in layer.outputs.map(\.feature) {
                guard let output = features[feature] else { continue }
                written[feature] = (output.fingerprint(), "layer '\(layer.name)'")
                answer.fingerprint = output.fingerprint(adding: answer.fingerprint)
            }
        }
        for output in plan.graph.outputs {
            try check(output.feature, readBy: "whoever asks for '\(output.operand.name)'")
        }
        for (name, state) in plan.graph.states { try check(state.last, readBy: "the next run (state '\(name)')") }
        return answer
    }

    /// Runs once, layer by layer. Returns a fingerprint of what every layer wrote. If it is that of a verified run,
    /// this run is as right as that one.
    ///
    /// - Parameter run: runs a layer; a caller may measure it there.
    package func fingerprint(running run: (any Prepared) -> Void = { $0.run() }) -> UInt64 {
        plan.graph.layers.indices.reduce(Fingerprint.empty) { hash, index in
            self.run(layer: index, run)
            return plan.graph.layers[index].outputs.reduce(hash) { hash, output in
                features[output.feature]?.fingerprint(adding: hash) ?? hash
            }
        }
    }

    /// Spoils all that the network writes, except states, so that a layer that leaves output unwritten is found.
    package func spoil() {
        for output in plan.graph.layers.filter({ !$0.runsOnce }).flatMap(\.outputs)
        where plan.graph.features[output.feature].state == nil {
            features[output.feature]?.spoil()
        }
    }

    /// Runs a layer after spoiling what it writes, unless it overwrites its inputs.
    private func run(layer index: Int, _ run: (any Prepared) -> Void = { $0.run() }) {
        let layer = plan.graph.layers[index]
        for output in layer.outputs.compactMap({ features[$0.feature] })
        where !layer.inputs.values.contains(where: { overlap(output, $0) }) { output.spoil() }
        if layer.hasTrainedWeights { layers[index].renew() }
        run(layers[index])
    }

    private func overlap(_ tensor: Tensor, _ feature: Int) -> Bool { features[feature]?.overlaps(tensor) ?? false }

    /// Runs a layer and compares, as in step 2 above. Returns its largest deviation.
    private func verify(_ index: Int, _ reference: ReferenceRun, _ added: inout AddedFeatures) throws -> Deviation? {
        let (layer, implementation) = (plan.graph.layers[index], plan.implementations[index])
        let outputs = layer.outputs.compactMap { features[$0.feature] }
        guard outputs.count == layer.outputs.count else { return nil }
        // The inputs from before the layer runs, because it may overwrite them.
        var inputs: [Int: Tensor] = [:]
        for feature in layer.inputs.values {
            guard let tensor = features[feature] else { continue }
            inputs[feature] = outputs.contains(where: tensor.overlaps) ? try tensor.copied() : tensor
        }
        var asWritten: [Int: Tensor] = [:]
        for feature in layer.outputs.map(\.feature) { asWritten[feature] = try plan.graph.features[feature].tensor() }
        let isAdded = layer.outputs.contains { $0.feature >= plan.written.features.count }
        if isAdded {
            var features = inputs.merging(asWritten) { $1 }
            try ReferenceRun(plan.graph).run(layer, &features, model)
            for output in layer.outputs.map(\.feature) { try added.add(output, by: layer, from: inputs) }
        } else {
            let known = reference.inputs(model).merging(added.sources(of: inputs)) { $1 }
            try reference.compute(asWritten, from: known, model)
        }
        run(layer: index)
        let expected = try layer.operands(of: model) { asWritten[$0] ?? inputs[$0] }
        let answer = Dictionary(uniqueKeysWithValues: zip(layer.outputs.map(\.operand), outputs))
        let deviation = layer.workload.deviation(
            of: Operands(answer), from: expected,
            errorGrowth: implementation.errorGrowth * (isAdded ? 1 : added.growth(of: inputs.keys)))
        if let deviation, !deviation.isTolerable {
            let name = "layer '\(layer.name)', \(layer.kernel)[\(layer.workload.brief)]/\(implementation.name)"
            let blame =
                try isPassToBlame(layer, inputs, expected) ? " (by the passes, not the kernel: see --without)" : ""
            throw LayerFault("\(name)\(blame): \(deviation)", deviation)
        }
        return deviation
    }

    /// Whether a layer that differs from the graph as written still differs if the reference of its kernel computes it.
    private func isPassToBlame(_ layer: Layer, _ inputs: [Int: Tensor], _ expected: Operands) throws -> Bool {
        var features = inputs
        try ReferenceRun(plan.graph).run(layer, &features, model)
        let answer = try layer.operands(of: model) { features[$0] }
        return layer.workload.deviation(of: answer, from: expected)?.isTolerable == false
    }
}

extension NetworkPlan {
    /// The maximum number of bytes that `PreparedNetwork.verify` takes besides the network's own.
    package var verificationBytes: Int {
        let (reference, inputs) = (ReferenceRun(written), Set(written.inputs.values))
        return graph.layers.map { layer in
            let outputs = layer.outputs.map(\.feature)
            let part = reference.layers(from: inputs.union(layer.inputs.values), to: outputs)
            // Plus a copy of an input that the layer overwrites.
            return part.reduce(outputs.reduce(0) { $0 + graph.features[$1].bytes }) {
                $0 + written.layers[$1].workload.referenceBytes
            }
                + layer.weights.values.reduce(0) { $0 + $1.derivedBytes }
        }.max() ?? 0
    }
}

extension Weight {
    /// Bytes to compute it, including itself.
    fileprivate var derivedBytes: Int {
        switch self {
        case .given: 0
        case .made(let derivation): 4 * derivation.shape.count + derivation.sources.reduce(0) { $0 + $1.derivedBytes }
        }
    }
}

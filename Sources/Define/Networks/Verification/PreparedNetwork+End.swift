import Settings
import Tensors
import Workloads

/// The end of a network is compared with that of the graph as written, beside its layers: what they cannot show, a layer
/// that reads another map than the one it was written for, shows there.
extension PreparedNetwork {
    /// Compares the outputs of the last run with those of the graph as written.
    ///
    /// Throws a `LayerFault` where they are further apart than rounding explains: than `tolerance`, and than what the network
    /// itself makes of inputs that are off by a few last places. Some networks make another answer of that; their end says
    /// nothing, and their layers are what they are judged by.
    ///
    /// Only outputs that are numbers with fractions are compared: what others become of rounding says little.
    ///
    /// - Parameters:
    ///   - expected: the model's operands, with the outputs of its reference.
    ///   - reset: lets states be as they were before the first run.
    package func verifyEnd(against expected: Operands, reset: () -> Void = {}) throws {
        var outputs: [(name: String, answer: Tensor)] = []
        for output in plan.graph.outputs where output.operand.element == .f32 {
            guard let tensor = features[output.feature], tensor.count > 0 else { continue }
            outputs.append((output.operand.name, tensor))
        }
        let suspects = outputs.filter { $0.answer.error(against: expected[$0.name]).largest > Self.tolerance }
        guard !suspects.isEmpty else { return }
        let before = try suspects.map { try $0.answer.copied() }
        reset()
        try withShakenInputs { run() }
        let shaken = zip(suspects, before).map { $0.answer.error(against: $1).largest }
        reset()
        run()
        for ((name, answer), change) in zip(suspects, shaken) {
            let (error, index) = answer.error(against: expected[name])
            let tolerance = Self.tolerance + Self.allowance * plan.errorGrowth * change
            guard error > tolerance else { continue }
            throw LayerFault(
                "the end of the network is not that of the graph as written: \(name)[\(index)] is "
                    + "\(answer.floats[index]), the reference \(expected[name].floats[index]): error \(error), tolerance "
                    + "\(tolerance)")
        }
    }

    /// Of an element or of the root mean square of the output, whichever is more. No network of the suites that is not
    /// chaotic comes near; a wrong layer goes far beyond.
    private static let tolerance = 1e-3

    /// How many times the change that shaken inputs make is rounding: each layer rounds again, and sums round more.
    private static let allowance = 64.0

    /// Runs something while every second element of the inputs is 2^-21 of itself larger, and the others are so much smaller.
    private func withShakenInputs(_ body: () -> Void) throws {
        let inputs = plan.graph.inputs.keys.map { model[$0] }.filter { $0.element == .f32 }
        let before = try inputs.map { try $0.copied() }
        for (input, values) in zip(inputs, before) {
            input.fill { values.floats[$0] * (1 + ($0.isMultiple(of: 2) ? 0x1p-21 : -0x1p-21)) }
        }
        body()
        for (input, values) in zip(inputs, before) { input.copy(from: values) }
    }
}

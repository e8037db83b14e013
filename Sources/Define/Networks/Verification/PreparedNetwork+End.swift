import Settings
import Tensors
import Workloads

/// The end of a network is compared with that of the graph as written, besides its layers. It shows what they cannot
/// show: a layer that reads another map than the one it was written for.
extension PreparedNetwork {
    /// Compares the outputs of the last run with those of the graph as written.
    ///
    /// Throws a `LayerFault` if they differ by more than rounding explains: by more than `tolerance`, and by more than
    /// the network itself makes of inputs that change in their last places. Some networks make a different answer of
    /// such inputs. Then the end says nothing, and the layers alone are judged.
    ///
    /// Only `f32` outputs are compared: what rounding does to others says little.
    ///
    /// - Parameters:
    ///   - expected: the model's operands, with the outputs of its reference.
    ///   - reset: restores the states to their values before the first run.
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

    /// Relative to an element or to the root mean square of the output, whichever is more. Networks of the suites stay
    /// far below it, unless they are chaotic; a wrong layer goes far beyond.
    private static let tolerance = 1e-3

    /// Rounding may be this many times the change from shaken inputs: each layer rounds again, and sums round more.
    private static let allowance = 64.0

    /// Runs the body while every second input element is larger by 2^-21 of itself, and the others smaller by as much.
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

import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

/// y = act((x - mean) / sqrt(variance + epsilon) * weight + bias) per channel (Ioffe and Szegedy, "Batch normalization",
/// 2015). act is optional.
///
/// Mean and variance are given, as at inference, or those of all pixels of the batch, as in training. Then the variance is
/// the biased one, 0 of a single pixel.
package struct BatchNorm: Kernel {
    package static let schema = Schema(
        "batch_norm",
        "normalisation of NHWC images by given means and variances, as at inference, or by the batch's own",
        Images.parameters + [
            Parameter(
                "eps", as: "epsilon", .real(0...1), .value(.real(1e-5)),
                "what keeps a variance of nothing from dividing by zero"
            ).asExtra,
            .choice(
                "act", as: "activation", ["none"] + ActivationFunction.allCases.map(\.rawValue),
                "applied to what is normalised"
            ).asExtra,
            .choice("statistics", ["given", "batch"], "means and variances: given, or of the batch's pixels").asExtra,
        ], shorthands: Images.shorthands, example: "c=8,h=14,w=14")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package private(set) var elementOperations: [ElementOperations]
    let images: Images
    private let function: ActivationFunction?
    /// Computes mean and variance in the call; nil if they are given.
    private let norm: GroupNormalisation?

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        images = try Images(arguments)
        let (channels, word) = (images.channels, arguments.word("act"))
        let function = ActivationFunction.allCases.first { $0.rawValue == word }
        self.function = function
        if arguments.word("statistics") == "batch" {
            norm = GroupNormalisation(
                images: images.joined, groups: channels, epsilon: arguments.real("eps"), function: function)
            // What is normalised reaches the whole function only by its scale.
            let bends = function.map { $0.inputs != .input } ?? false
            let scale: Values = bends ? .spread(Spread(around: 7, reach: 3)) : .scale
            operands = try images.operands(
                weights: [
                    Operand("weight", .weight, [channels], layout: "C", values: scale), .shift("bias", channels),
                ], values: .stretches(of: 1, number: channels, .moments))
            elementOperations = .normalisation(of: images.elements, in: channels, affine: true)
        } else {
            norm = nil
            operands = try images.operands(
                weights: [
                    .scale("weight", channels), .shift("bias", channels), .runningMean("mean", channels),
                    .runningVariance("variance", channels),
                ], values: function.map(\.inputs) ?? .input)
            elementOperations = [
                ElementOperations("subtract", images.elements),
                ElementOperations("multiply", images.elements + channels),
                ElementOperations("add", images.elements + channels),
                ElementOperations("rsqrt", channels),
            ]
        }
        for more in function?.operations ?? [] {
            elementOperations.append(ElementOperations(more.kind, more.count * images.elements))
        }
    }

    /// Prevents a division by zero if a variance is 0.
    package var epsilon: Double { arguments.real("eps") }

    package var reductionLength: Int { norm?.length ?? 1 }

    package var implementations: [Implementation] {
        if let norm {
            let apart = GroupNormalisation(
                images: images, groups: norm.groups, epsilon: epsilon, function: function)
            return [(planted(.batchStatistics) ? apart : norm).native]
        }
        let columns = FoldedPixels(images.count * images.pixels, channels: images.channels)
        var workspace = Workspace()
        let packed = workspace.packed(columns.workspace)
        return [
            Implementation(
                "native", "weight and variance folded beforehand, vectors of channels", threading: .any,
                workspace: workspace
            ) { tensors, setting, memory in
                let (x, y, values) = (tensors["x"], tensors["y"], columns.values(in: memory[packed]))
                fold(tensors, into: values)
                return PreparedCall(on: try ThreadPool.shared(setting.threads)) {
                    columns.normalise(x.floats, values, into: y.floats, $0, then: function)
                }
            }
        ]
    }

    private func fold(_ tensors: Operands, into values: FoldedPixels.Values) {
        let (weight, bias) = (tensors["weight"].floats, tensors["bias"].floats)
        let (mean, variance) = (tensors["mean"].floats, tensors["variance"].floats)
        for place in 0..<values.count {
            let c = place % images.channels
            values.origin[place] = planted(.batchMean) ? 0 : mean[c]
            values.offset[place] = 0
            values.factor[place] =
                weight[c] / (variance[c] + (planted(.batchEpsilon) ? 1e-4 : Float(epsilon))).squareRoot()
            values.shift[place] = bias[c]
        }
    }

    package func reference(_ tensors: Operands) {
        if let norm { return norm.reference(tensors) }
        let (x, result, channels) = (tensors["x"].floats, tensors["y"].floats, images.channels)
        let (weight, bias) = (tensors["weight"].floats, tensors["bias"].floats)
        let (mean, variance) = (tensors["mean"].floats, tensors["variance"].floats)
        let deviations = (0..<channels).map { (Double(variance[$0]) + epsilon).squareRoot() }
        for pixel in 0..<images.count * images.pixels {
            for c in 0..<channels {
                let normal = (Double(x[pixel * channels + c]) - Double(mean[c])) / deviations[c]
                let y = normal * Double(weight[c]) + Double(bias[c])
                result[pixel * channels + c] = Float(function?.exact(y) ?? y)
            }
        }
    }
}

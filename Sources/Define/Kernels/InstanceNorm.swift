import Tensors
import Workloads

/// y = (x - mean) / sqrt(variance + 1e-5) over the pixels of each image, channel by channel, without scale and shift
/// (Ulyanov, Vedaldi and Lempitsky, "Instance normalization", 2016). The variance is the biased one.
package struct InstanceNorm: Kernel {
    package static let schema = Schema(
        "instance_norm", "normalisation of each channel of each NHWC image",
        Images.parameters, shorthands: Images.shorthands, example: "c=8,h=14,w=14")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    /// One group per channel.
    let norm: GroupNormalisation

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        let images = try Images(arguments)
        norm = GroupNormalisation(images: images, groups: images.channels)
        operands = try images.operands(
            weights: [], values: .stretches(of: 1, number: images.channels, .moments))
        elementOperations = .normalisation(
            of: images.elements, in: images.count * images.channels, affine: false)
    }

    package var reductionLength: Int { norm.length }

    package var implementations: [Implementation] { [norm.native] }

    package func reference(_ tensors: Operands) { norm.reference(tensors) }
}

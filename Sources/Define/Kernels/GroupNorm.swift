import Tensors
import Workloads

/// y = (x - mean) / sqrt(variance + 1e-5) * weight + bias over the pixels and a group of channels of each image (Wu and
/// He, "Group normalization", 2018). The variance is the biased one.
package struct GroupNorm: Kernel {
    package static let schema = Schema(
        "group_norm", "normalisation of each group of channels of each NHWC image, with scale and shift",
        Images.parameters + [.count("g", as: "groups", "groups of adjacent channels")],
        shorthands: Images.shorthands, example: "c=8,h=14,w=14,g=4")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    let norm: GroupNormalisation

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        let (images, groups) = (try Images(arguments), arguments.int("g"))
        guard images.channels.isMultiple(of: groups) else {
            throw ShapeError(
                "\(groups) groups do not divide \(images.channels) channels", parameter: "groups",
                remedy: Divisors.suggestion(near: groups, of: images.channels))
        }
        norm = GroupNormalisation(images: images, groups: groups)
        operands = try images.operands(
            weights: [.scale("weight", images.channels), .shift("bias", images.channels)],
            values: .stretches(of: images.channels / groups, number: groups, .moments))
        elementOperations = .normalisation(of: images.elements, in: images.count * groups, affine: true)
    }

    package var reductionLength: Int { norm.length }

    package var implementations: [Implementation] { [norm.native] }

    package func reference(_ tensors: Operands) { norm.reference(tensors) }
}

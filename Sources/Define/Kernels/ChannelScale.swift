import Mutants
import Tensors
import Threads
import Workloads

/// Every channel times a factor: one per image that another layer computes, as in squeeze-and-excitation (Hu et al.,
/// 2018), or a learned one, as in layer scale (Touvron et al., 2021).
package struct ChannelScale: Kernel {
    package static let schema = Schema(
        "channel_scale", "NHWC images times a factor for every channel",
        Images.parameters + [.flag("learned", "the factors are weights, the same for all images")],
        shorthands: Images.shorthands, example: "c=20,h=7,w=7")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    private let images: Images
    private let isLearned: Bool

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        images = try Images(arguments)
        isLearned = arguments.flag("learned")
        let weight = try Operand("weight", .weight, [images.channels, 1, 1], layout: "CHW", values: .scale)
        let all = try images.operands(weights: isLearned ? [weight] : [])
        operands =
            isLearned ? all : all + [try .input("factors", [images.count, images.channels], layout: "NC")]
        elementOperations = [ElementOperations("multiply", images.elements)]
    }

    package var overwritable: [String] { ["x"] }

    private func factors(_ tensors: Operands, image: Int) -> UnsafePointer<Float> {
        UnsafePointer(isLearned ? tensors["weight"].floats : tensors["factors"].floats + image * images.channels)
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "one pass, pixel by pixel") { tensors, share in
                let (x, y, channels) = (tensors["x"].floats, tensors["y"].floats, images.channels)
                for image in 0..<images.count {
                    let factors = factors(tensors, image: planted(.scaleImage) ? 0 : image)
                    for pixel in share.range(of: images.pixels) {
                        let place = (image * images.pixels + pixel) * channels
                        let (source, target) = (x + place, y + place)
                        for c in 0..<channels { target[c] = source[c] * factors[c] }
                    }
                }
            }
        ]
    }

    package func reference(_ tensors: Operands) {
        let (x, y, channels) = (tensors["x"].floats, tensors["y"].floats, images.channels)
        for image in 0..<images.count {
            let factors = factors(tensors, image: image)
            for pixel in 0..<images.pixels {
                for c in 0..<channels {
                    let place = (image * images.pixels + pixel) * channels + c
                    y[place] = Float(Double(x[place]) * Double(factors[c]))
                }
            }
        }
    }
}

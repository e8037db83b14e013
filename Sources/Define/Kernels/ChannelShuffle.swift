import Mutants
import Tensors
import Threads
import Workloads

/// Channels reordered so that those of different groups become neighbours: y[pixel, i g + k] = x[pixel, k (c / g) + i]
/// (Zhang et al., "ShuffleNet", 2018).
package struct ChannelShuffle: Kernel {
    package static let schema = Schema(
        "channel_shuffle", "channels of NHWC images dealt out among groups",
        Images.parameters + [.count("g", as: "groups", "groups of channels")], shorthands: Images.shorthands,
        example: "c=12,h=7,w=7,g=3")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations] = []
    package let reductionLength = 1
    private let images: Images
    private let groups: Int

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        images = try Images(arguments)
        groups = arguments.int("g")
        guard images.channels.isMultiple(of: groups) else {
            throw ShapeError(
                "\(groups) groups do not divide \(images.channels) channels", parameter: "groups",
                remedy: Divisors.suggestion(near: groups, of: images.channels))
        }
        operands = try images.operands(weights: [])
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "pixel by pixel, in the order of the output") { tensors, share in
                shuffle(tensors, share.range(of: images.count * images.pixels))
            }
        ]
    }

    private func shuffle(_ tensors: Operands, _ range: Range<Int>) {
        let (x, y, channels) = (tensors["x"].floats, tensors["y"].floats, images.channels)
        let size = channels / groups
        for pixel in range {
            let (source, target) = (x + pixel * channels, y + pixel * channels)
            if groups == 2 {
                let other = source + size - slip(.shufflePair)
                for i in 0..<size {
                    target[2 * i] = source[i]
                    target[2 * i + 1] = other[i]
                }
            } else {
                for k in 0..<groups {
                    for i in 0..<size { target[i * groups + k] = source[(planted(.shuffleGroup) ? 0 : k) * size + i] }
                }
            }
        }
    }

    package func reference(_ tensors: Operands) {
        let (x, y, channels) = (tensors["x"].floats, tensors["y"].floats, images.channels)
        for pixel in 0..<images.count * images.pixels {
            for c in 0..<channels {
                let (k, i) = c.quotientAndRemainder(dividingBy: channels / groups)
                y[pixel * channels + i * groups + k] = x[pixel * channels + c]
            }
        }
    }
}

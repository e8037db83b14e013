import Tensors

extension Conv2D {
    /// Neighbouring output channels of a group whose weights are stored side by side.
    struct Block {
        /// The first channel, counted within the group.
        let first: Int
        /// The number of places. The last block may have more places than channels.
        let width: Int
    }

    /// Weights from OIHW to [g, block, kh, kw, ci / g, width], zero beyond a group's outputs: the order in which the
    /// products of a pixel with a block read them. A block begins at patch times the places before it.
    func pack(weight: Tensor, in blocks: [Block], into target: UnsafeMutablePointer<Float>) {
        let places = Self.places(of: blocks)
        for group in 0..<groups {
            for block in blocks {
                let start = target + (group * places + block.first) * patch
                for lane in 0..<min(block.width, groupOutputs - block.first) {
                    let source = weight.floats + (group * groupOutputs + block.first + lane) * patch
                    for i in 0..<groupInputs {
                        for tap in 0..<taps {
                            start[(tap * groupInputs + i) * block.width + lane] = source[i * taps + tap]
                        }
                    }
                }
            }
        }
    }

    /// The bias as [g, places]; zero beyond a group's outputs, and if there is no bias.
    func pack(bias: Tensor?, in blocks: [Block], into target: UnsafeMutablePointer<Float>) {
        guard let bias else { return }
        let places = Self.places(of: blocks)
        for group in 0..<groups {
            (target + group * places).update(from: bias.floats + group * groupOutputs, count: groupOutputs)
        }
    }

    /// Places for the output channels of a group.
    static func places(of blocks: [Block]) -> Int { blocks.reduce(0) { $0 + $1.width } }
}

import Tensors

extension Conv2D {
    /// Neighbouring output channels of a group whose weights stand side by side.
    struct Block {
        /// The first of them, counted in the group.
        let first: Int
        /// Places for them; the last block may have more than channels are left.
        let width: Int
    }

    /// Weights from OIHW to [g, block, kh, kw, ci / g, width], zero beyond a group's outputs: what the products of a
    /// pixel with a block read one after the other. A block begins at patch times the places before it.
    func packed(_ weight: Tensor, in blocks: [Block]) throws(OutOfMemory) -> Tensor {
        let places = Self.places(of: blocks)
        let target = try Tensor(floats: groups * places * patch)
        for group in 0..<groups {
            for block in blocks {
                let start = target.floats + (group * places + block.first) * patch
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
        return target
    }

    /// The bias as [g, places], zero beyond a group's outputs and where there is none.
    func packed(_ bias: Tensor?, in blocks: [Block]) throws(OutOfMemory) -> Tensor {
        let places = Self.places(of: blocks)
        let target = try Tensor(floats: groups * places)
        guard let bias else { return target }
        for group in 0..<groups {
            (target.floats + group * places).update(from: bias.floats + group * groupOutputs, count: groupOutputs)
        }
        return target
    }

    /// Places for the output channels of a group.
    static func places(of blocks: [Block]) -> Int { blocks.reduce(0) { $0 + $1.width } }
}

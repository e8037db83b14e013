import Tensors

extension Conv2D {
    /// Weights from OIHW to [g, kh, kw, ci / g, width], zero beyond a group's outputs: what the products of a pixel
    /// read one after the other.
    func packed(_ weight: Tensor, width: Int) throws(OutOfMemory) -> Tensor {
        let target = try Tensor(floats: groups * patch * width)
        for o in 0..<co {
            let (group, column) = o.quotientAndRemainder(dividingBy: groupOutputs)
            for i in 0..<groupInputs {
                for tap in 0..<taps {
                    let row = (group * taps + tap) * groupInputs + i
                    target.floats[row * width + column] = weight.floats[(o * groupInputs + i) * taps + tap]
                }
            }
        }
        return target
    }

    /// The bias as [g, width], zero beyond a group's outputs and where there is none.
    func packed(_ bias: Tensor?, width: Int) throws(OutOfMemory) -> Tensor {
        let target = try Tensor(floats: groups * width)
        guard let bias else { return target }
        for o in 0..<co {
            let (group, column) = o.quotientAndRemainder(dividingBy: groupOutputs)
            target.floats[group * width + column] = bias.floats[o]
        }
        return target
    }
}

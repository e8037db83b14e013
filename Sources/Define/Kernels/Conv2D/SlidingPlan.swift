import Instructions
import Mutants
import Tensors
import Vectors

/// How a grouped convolution is cut into vectors of output channels and tiles of output pixels, and which instruction
/// set computes it.
struct SlidingPlan {
    let kernels: any Microkernels.Type
    let reach: Reach
    let blocks: [ChannelBlock]
    /// Floats of a block's weights, including the bias.
    let blockFloats: Int
    /// Output pixels per tile.
    let size: Int
    /// Neighbouring taps whose weights are held together.
    let taps: Int
    /// The rows of the kernel, each as a whole or tap by tap.
    let runs: [TapRun]
    /// Blocks that slide over the image together.
    let blocksAtATime: Int
    /// Whether two blocks write to the same channel.
    let blocksOverlap: Bool

    /// Floats of weights that should stay in a first-level cache of 32 KiB or more, beside the pixels.
    private static let residentFloats = 5 << 10

    /// Nil if the channels of a group neither fill nor divide a vector of any instruction set.
    init?(_ conv: Conv2D, best: InstructionSet = .current) {
        let sets = best.narrowing.lazy.map(\.microkernels)
        let fitting = sets.compactMap { set in Self.reach(conv, lanes: set.lanes).map { (set, $0) } }.first
        guard let (kernels, reach) = fitting else { return nil }
        (self.kernels, self.reach) = (kernels, reach)
        blocks = Self.blocks(conv, reach: reach, lanes: kernels.lanes)
        blockFloats = (1 + conv.patch) * kernels.lanes
        size = Self.size(for: conv.horizontal.output, most: kernels.slidingPixels)
        taps = Self.taps(of: conv.horizontal, reach)
        runs = Self.runs(of: conv, taps: taps)
        blocksAtATime = max(1, Self.residentFloats / blockFloats)
        blocksOverlap = blocks.count * kernels.lanes > conv.co
    }

    private static func reach(_ conv: Conv2D, lanes: Int) -> Reach? {
        let (inputs, outputs) = (conv.groupInputs, conv.groupOutputs)
        if outputs >= lanes { return .all }
        guard inputs == outputs, conv.co >= lanes else { return nil }
        switch inputs {
        case 1: return .lane
        case 4: return .four
        case 8: return .eight
        default: return nil
        }
    }

    /// Vectors of neighbouring channels. The last one overlaps the one before, so that none is cut off.
    private static func blocks(_ conv: Conv2D, reach: Reach, lanes: Int) -> [ChannelBlock] {
        func starts(_ channels: Int) -> [Int] {
            stride(from: 0, to: channels, by: lanes).map { min($0, channels - lanes) }
        }
        guard case .all = reach else { return starts(conv.co).map { ChannelBlock(input: $0, output: $0) } }
        return (0..<conv.groups).flatMap { group in
            starts(conv.groupOutputs).map {
                ChannelBlock(
                    input: (planted(.slideGroup) ? 0 : group) * conv.groupInputs, output: group * conv.groupOutputs + $0
                )
            }
        }
    }

    /// The tile size that needs the least work for a row; the larger one if both need the same.
    private static func size(for row: Int, most: Int) -> Int {
        func computed(_ size: Int) -> Int { (row + size - 1) / size * size }
        return most < 14 || computed(7) < computed(14) ? 7 : 14
    }

    /// The taps of a kernel row if there is a tile for it, else 1.
    private static func taps(of axis: WindowAxis, _ reach: Reach) -> Int {
        let most = reach == .lane ? 7 : 3
        let isHeld = axis.stride == 1 && axis.dilation == 1 && axis.kernel <= most && !axis.kernel.isMultiple(of: 2)
        return isHeld ? axis.kernel : 1
    }

    private static func runs(of conv: Conv2D, taps: Int) -> [TapRun] {
        (0..<conv.vertical.kernel).flatMap { ky in
            (0..<conv.horizontal.kernel / taps).map { run in
                let (row, column) = (ky * conv.vertical.dilation, run * conv.horizontal.dilation)
                return TapRun(offset: (row * conv.horizontal.input + column) * conv.ci, column: column)
            }
        }
    }

    /// Floats of the packed weights.
    var packedFloats: Int { blocks.count * blockFloats }

    /// Weights from OIHW to [block][bias, then kh, kw / taps, ci / g, taps][lanes].
    func pack(
        _ weight: Tensor, _ bias: Tensor?, of conv: Conv2D, into target: UnsafeMutablePointer<Float>
    ) {
        let (lanes, inputs) = (kernels.lanes, conv.groupInputs)
        for (number, block) in blocks.enumerated() {
            for lane in 0..<lanes {
                let column = target + number * blockFloats + lane
                column[0] = bias?.floats[block.output + lane] ?? 0
                let source = weight.floats + (block.output + lane) * conv.patch
                for i in 0..<inputs {
                    // The channel that this lane meets in view i: see `GroupReach`.
                    let channel = reach == .all ? i : (block.output + lane) % inputs ^ i
                    for tap in 0..<conv.taps {
                        let (run, k) = tap.quotientAndRemainder(dividingBy: taps)
                        let factor: Float = planted(.slideRelative) && lane == lanes - 1 ? 1.0001 : 1
                        column[(1 + (run * inputs + i) * taps + k) * lanes] =
                            source[channel * conv.taps + tap] * factor
                    }
                }
            }
        }
    }
}

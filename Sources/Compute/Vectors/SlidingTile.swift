/// The first output channel of a vector in a grouped convolution, and the first input channel that it reads.
@usableFromInline package struct ChannelBlock: Sendable {
    @usableFromInline package let input: Int
    @usableFromInline package let output: Int

    @inlinable package init(input: Int, output: Int) {
        self.input = input
        self.output = output
    }
}

/// How the lanes of a vector of output channels map to input channels.
@usableFromInline package enum Reach: Sendable {
    /// Every lane is a group with one input.
    case lane
    /// Every four lanes are a group with four inputs.
    case four
    /// Every eight lanes are a group with eight inputs.
    case eight
    /// All lanes belong to one group, with any number of inputs.
    case all
}

/// Neighbouring taps of a row of the kernel, which slide over a row of the image together.
@usableFromInline package struct TapRun: Sendable {
    /// Elements of x from the pixel under the kernel's first tap to the one under the run's first tap.
    @usableFromInline package let offset: Int
    /// Pixels of a row from the kernel's first tap to the run's first tap.
    @usableFromInline package let column: Int

    @inlinable package init(offset: Int, column: Int) {
        self.offset = offset
        self.column = column
    }
}

/// Neighbouring pixels of an output row of a grouped convolution: their inputs and outputs.
@usableFromInline package struct SlidingTile {
    @usableFromInline package let reach: Reach
    /// The number of pixels to compute: 7 or 14.
    @usableFromInline package let size: Int
    /// The number of pixels to write: the first ones.
    @usableFromInline package let outputs: Int
    /// The pixel under the kernel's first tap for the first output. It may lie outside the image.
    @usableFromInline package let x: UnsafePointer<Float>
    /// The column of that pixel; negative on padding.
    @usableFromInline package let first: Int
    /// Pixels per image row.
    @usableFromInline package let width: Int
    /// The runs of those kernel rows that see the image, row by row.
    @usableFromInline package let runs: UnsafeBufferPointer<TapRun>
    /// Taps per run: 1, 3, 5 or 7; more than one only if the stride and the dilation are 1.
    @usableFromInline package let taps: Int
    @usableFromInline package let stride: Int
    /// Channels per pixel of x, and of y.
    @usableFromInline package let ci: Int
    @usableFromInline package let co: Int
    /// Input channels per group.
    @usableFromInline package let inputs: Int
    @usableFromInline package let blocks: UnsafeBufferPointer<ChannelBlock>
    /// [blocks][bias, then all runs * inputs * taps][lanes]
    @usableFromInline package let weight: UnsafePointer<Float>
    /// Floats of a block's weights, including the bias.
    @usableFromInline package let blockFloats: Int
    /// Floats of a block before the first run, including the bias.
    @usableFromInline package let skipped: Int
    /// The bounds that the sums are clamped to.
    @usableFromInline package let bounds: Bounds
    /// The first output pixel.
    @usableFromInline package let y: UnsafeMutablePointer<Float>

    @inlinable package init(
        reach: Reach, size: Int, outputs: Int, x: UnsafePointer<Float>, first: Int, width: Int,
        runs: UnsafeBufferPointer<TapRun>, taps: Int, stride: Int, ci: Int, co: Int, inputs: Int,
        blocks: UnsafeBufferPointer<ChannelBlock>, weight: UnsafePointer<Float>, blockFloats: Int, skipped: Int,
        bounds: Bounds, y: UnsafeMutablePointer<Float>
    ) {
        self.reach = reach
        self.size = size
        self.outputs = outputs
        self.x = x
        self.first = first
        self.width = width
        self.runs = runs
        self.taps = taps
        self.stride = stride
        self.ci = ci
        self.co = co
        self.inputs = inputs
        self.blocks = blocks
        self.weight = weight
        self.blockFloats = blockFloats
        self.skipped = skipped
        self.bounds = bounds
        self.y = y
    }

    /// Whether every pixel that the tile sees is inside the image.
    @inlinable @inline(__always) package var isInterior: Bool {
        first >= 0 && first + (runs.last?.column ?? 0) + (size - 1) * stride + taps <= width
    }
}

/// Where a vector of output channels of a grouped convolution begins, and the first input channel it reads.
@usableFromInline package struct ChannelBlock: Sendable {
    @usableFromInline package let input: Int
    @usableFromInline package let output: Int

    @inlinable package init(input: Int, output: Int) {
        self.input = input
        self.output = output
    }
}

/// How the lanes of a vector of output channels find their input channels.
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

/// Neighbouring pixels of an output row of a grouped convolution: what is read and written for them.
@usableFromInline package struct SlidingTile {
    @usableFromInline package let reach: Reach
    /// Pixels that are written.
    @usableFromInline package let outputs: Int
    /// Pixel 0 of the image's row under the first row of the kernel that sees the image.
    @usableFromInline package let x: UnsafePointer<Float>
    /// What taps on padding see: zeros, as many as a group's inputs and at least a vector.
    @usableFromInline package let zeros: UnsafePointer<Float>
    /// Rows of the kernel that see the image, and the elements of x from one to the next.
    @usableFromInline package let rows: Int
    @usableFromInline package let rowStep: Int
    /// The pixel under the first tap of the first output; negative on padding.
    @usableFromInline package let first: Int
    /// Pixels of a row of the image.
    @usableFromInline package let width: Int
    /// Taps of a row of the kernel.
    @usableFromInline package let kernel: Int
    @usableFromInline package let stride: Int
    @usableFromInline package let dilation: Int
    /// Channels of a pixel of x, and of y.
    @usableFromInline package let ci: Int
    @usableFromInline package let co: Int
    /// Input channels of a group.
    @usableFromInline package let inputs: Int
    @usableFromInline package let blocks: UnsafeBufferPointer<ChannelBlock>
    /// [blocks][bias, then kernel rows * kernel * inputs][lanes]
    @usableFromInline package let weight: UnsafePointer<Float>
    /// Floats of a block's weights, bias included.
    @usableFromInline package let blockFloats: Int
    /// Floats of a block before the first visible row of the kernel, bias included.
    @usableFromInline package let skipped: Int
    /// The first output pixel.
    @usableFromInline package let y: UnsafeMutablePointer<Float>

    @inlinable package init(
        reach: Reach, outputs: Int, x: UnsafePointer<Float>, zeros: UnsafePointer<Float>, rows: Int, rowStep: Int,
        first: Int, width: Int,
        kernel: Int, stride: Int, dilation: Int, ci: Int, co: Int, inputs: Int,
        blocks: UnsafeBufferPointer<ChannelBlock>, weight: UnsafePointer<Float>, blockFloats: Int, skipped: Int,
        y: UnsafeMutablePointer<Float>
    ) {
        self.reach = reach
        self.outputs = outputs
        self.x = x
        self.zeros = zeros
        self.rows = rows
        self.rowStep = rowStep
        self.first = first
        self.width = width
        self.kernel = kernel
        self.stride = stride
        self.dilation = dilation
        self.ci = ci
        self.co = co
        self.inputs = inputs
        self.blocks = blocks
        self.weight = weight
        self.blockFloats = blockFloats
        self.skipped = skipped
        self.y = y
    }
}

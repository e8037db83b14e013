import Mutants

/// One block of output channels for a chunk of output pixels.
struct BlockRun {
    /// [taps, chunk]: the first channel of the pixel under each tap.
    let sources: UnsafePointer<UnsafePointer<Float>>
    let chunk: Int
    let taps: Int
    /// The address for taps on padding.
    let zeros: UnsafePointer<Float>
    /// The first input channel of the group, and the number of its input channels.
    let channel: Int
    let inputs: Int
    /// [taps, inputs, width]
    let weight: UnsafePointer<Float>
    /// [width]
    let bias: UnsafePointer<Float>
    /// The first output of the block at the first pixel, and the elements from one pixel to the next.
    let y: UnsafeMutablePointer<Float>
    let co: Int
    /// The numbers of pixels of the chunk and of outputs of the block that are written.
    let pixels: Int
    let outputs: Int

    /// A tile is always 32 sums: eight of the sixteen registers of SSE2, with room for weights and products.
    func callAsFunction(width: Int) {
        switch width {
        case 16: run(InlineArray<2, SIMD16<Float>>.self)
        case 8: run(InlineArray<4, SIMD8<Float>>.self)
        default: run(InlineArray<8, SIMD4<Float>>.self)
        }
    }

    /// Tile by tile; a tile is some pixels by the lanes of a vector.
    @inline(__always)
    private func run<let count: Int, Vector: SIMD>(_ tile: InlineArray<count, Vector>.Type)
    where Vector.Scalar == Float {
        for first in stride(from: 0, to: pixels, by: count) {
            let sums: InlineArray<count, Vector> = sums(from: first)
            for p in 0..<count where first + p < pixels {
                let target = y + (first + p) * co
                if outputs == Vector.scalarCount {
                    sums[p].store(at: target)
                } else {
                    for lane in 0..<outputs { target[lane] = sums[p][lane] }
                }
            }
        }
    }

    @inline(__always)
    private func sums<let count: Int, Vector: SIMD>(from first: Int) -> InlineArray<count, Vector>
    where Vector.Scalar == Float {
        var sums = InlineArray<count, Vector>(repeating: Vector(at: bias))
        for tap in 0..<(taps - slip(.plainTap)) {
            let pixels = sources + tap * chunk + first
            var isPadding = true
            for p in 0..<count where pixels[p] != zeros { isPadding = false }
            if isPadding { continue }
            let x = InlineArray<count, UnsafePointer<Float>> { pixels[$0] + channel }
            let factors = weight + tap * inputs * Vector.scalarCount
            for i in 0..<inputs {
                let factor = Vector(at: factors + i * Vector.scalarCount)
                for p in 0..<count { sums[p] += x[p][i] * factor }
            }
        }
        return sums
    }
}

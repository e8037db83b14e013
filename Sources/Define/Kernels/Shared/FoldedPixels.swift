import Instructions
import Mutants
import Threads
import Vectors

/// Pixels whose channels are normalised separately, folded so that there is at least a vector of channels: if there are
/// fewer, several neighbouring pixels count as one. Pixels that do not fill a folded one are `rest`.
struct FoldedPixels: Sendable {
    /// Channels per folded pixel.
    let channels: Int
    /// The number of folded pixels.
    let pixels: Int
    /// The numbers of the pixels that are left over.
    let rest: Range<Int>
    /// Channels per pixel.
    private let narrow: Int

    init(_ pixels: Int, channels: Int) {
        let lanes = microkernels.lanes
        let fold = channels <= lanes ? (lanes + channels - 1) / channels : 1
        narrow = channels
        self.channels = fold * channels
        self.pixels = pixels / fold
        rest = (pixels / fold * fold)..<pixels
    }

    /// Values per channel, once for each channel of a folded pixel.
    struct Values {
        let count: Int
        let origin: UnsafeMutablePointer<Float>
        let offset: UnsafeMutablePointer<Float>
        let factor: UnsafeMutablePointer<Float>
        /// The sums of the squared deviations. The factors replace them in place.
        var squares: UnsafeMutablePointer<Float> { factor }
        let shift: UnsafeMutablePointer<Float>
    }

    /// Floats for all values.
    var workspace: Int { 4 * channels }

    func values(in workspace: UnsafeMutablePointer<Float>) -> Values {
        Values(
            count: channels, origin: workspace, offset: workspace + channels, factor: workspace + 2 * channels,
            shift: workspace + 3 * channels)
    }

    /// Computes `offset` and `squares` of the folded pixels of a share; 0 if it has none.
    func moments(_ x: UnsafePointer<Float>, _ values: Values, _ share: Share) {
        microkernels.moments(columns(share.range(of: pixels), of: x, values))
    }

    /// y = ((x - origin) - offset) factor + shift for a share of the pixels, and a function of that if there is one.
    func normalise(
        _ x: UnsafePointer<Float>, _ values: Values, into y: UnsafeMutablePointer<Float>, _ share: Share,
        then function: ActivationFunction? = nil
    ) {
        // The last pixels come first: if the image is larger than a cache, those are what moments left there. A part is
        // still in the cache when the function reads it.
        let (step, mine) = (max(1, (64 << 10) / channels), share.range(of: pixels))
        var end = mine.upperBound
        while end > mine.lowerBound {
            let part = max(mine.lowerBound, end - step)..<end
            let target = y + part.lowerBound * channels
            microkernels.normalise(columns(part, of: x, values), shift: values.shift, into: target)
            if let function { microkernels.apply(function, count: part.count * channels, target, into: target) }
            end = part.lowerBound
        }
        guard share.index == share.count - 1 else { return }
        let left = (rest.lowerBound * narrow)..<(rest.upperBound * narrow)
        for i in left {
            let c = i % narrow
            y[i] =
                ((x[i] - values.origin[c]) - values.offset[c]) * values.factor[c]
                + (planted(.restShift) ? 0 : values.shift[c])
        }
        if let function, !planted(.restFunction) {
            function.apply(y + left.lowerBound, into: y + left.lowerBound, count: left.count)
        }
    }

    private func columns(_ part: Range<Int>, of x: UnsafePointer<Float>, _ values: Values) -> PixelColumns {
        PixelColumns(
            pixels: part.count, channels: channels, x: x + part.lowerBound * channels, origin: values.origin,
            offset: values.offset, factor: values.factor)
    }
}

/// The windows of a batch of NHWC images, one per output pixel.
struct Windows: Sendable, Hashable {
    let images: Int
    let vertical: WindowAxis
    let horizontal: WindowAxis

    /// Output pixels in the batch.
    var count: Int { images * vertical.output * horizontal.output }
    /// Taps per window, including those on padding.
    var taps: Int { vertical.kernel * horizontal.kernel }

    /// Input pixels in the batch that no window sees.
    var unseenPixels: Int {
        images * (vertical.input * horizontal.input - vertical.seen * horizontal.seen)
    }

    /// What one output pixel sees.
    struct Window {
        /// The taps that see the image and not its padding.
        let rows: Range<Int>
        let columns: Range<Int>
        /// The input pixel under tap (0, 0), which may not exist, and the pixels from one tap to the next.
        let origin: Int
        let rowStep: Int
        let columnStep: Int

        /// The input pixel under a tap, counted over the batch.
        @inline(__always) func pixel(_ ky: Int, _ kx: Int) -> Int { origin + ky * rowStep + kx * columnStep }
    }

    /// The window of an output pixel, counted over the batch.
    subscript(pixel: Int) -> Window {
        let (row, ox) = pixel.quotientAndRemainder(dividingBy: horizontal.output)
        let (image, oy) = row.quotientAndRemainder(dividingBy: vertical.output)
        let line = (image * vertical.input + vertical.position(oy, tap: 0)) * horizontal.input
        return Window(
            rows: vertical.taps(at: oy), columns: horizontal.taps(at: ox),
            origin: line + horizontal.position(ox, tap: 0), rowStep: vertical.dilation * horizontal.input,
            columnStep: horizontal.dilation)
    }

    /// Calls the body with each window and its output pixel, counted over the batch.
    @inline(__always) func forEach(_ body: (Window, Int) -> Void) {
        var pixel = 0
        for image in 0..<images {
            for oy in 0..<vertical.output {
                let rows = vertical.taps(at: oy)
                let line = (image * vertical.input + vertical.position(oy, tap: 0)) * horizontal.input
                for ox in 0..<horizontal.output {
                    let window = Window(
                        rows: rows, columns: horizontal.taps(at: ox),
                        origin: line + horizontal.position(ox, tap: 0),
                        rowStep: vertical.dilation * horizontal.input, columnStep: horizontal.dilation)
                    body(window, pixel)
                    pixel += 1
                }
            }
        }
    }
}

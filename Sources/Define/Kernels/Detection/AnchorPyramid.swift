import Workloads

/// The anchors of RetinaNet: at every pixel of the features P3 to P7 of an image, boxes of three ratios and three sizes
/// (Lin et al., "Focal loss for dense object detection", 2017), rounded to whole pixels as in torchvision.
struct AnchorPyramid: Sendable {
    /// Boxes per pixel.
    static let perPixel = 9

    struct Level: Sendable {
        let height: Int
        let width: Int
        /// Image pixels from one feature pixel to the next.
        let stride: (y: Int, x: Int)
        /// The boxes at the first pixel, in the corner.
        let cells: [Box]
        /// The number of the level's first anchor.
        let first: Int

        var count: Int { height * width * AnchorPyramid.perPixel }

        /// An anchor by its number in the level, counted over pixels row by row, then over their boxes.
        subscript(number: Int) -> Box {
            let (pixel, cell) = number.quotientAndRemainder(dividingBy: AnchorPyramid.perPixel)
            let (y, x) = pixel.quotientAndRemainder(dividingBy: width)
            let (dy, dx, box) = (Float(y * stride.y), Float(x * stride.x), cells[cell])
            return Box(left: dx + box.left, top: dy + box.top, right: dx + box.right, bottom: dy + box.bottom)
        }
    }

    let levels: [Level]
    /// Anchors in all levels.
    let count: Int

    /// The anchors for an image of this size.
    init(height: Int, width: Int) throws(ShapeError) {
        _ = try product(height, width, Self.perPixel)
        var levels: [Level] = []
        for number in 3...7 {
            let (rows, columns) = (((height - 1) >> number) + 1, ((width - 1) >> number) + 1)
            levels.append(
                Level(
                    height: rows, width: columns, stride: (height / rows, width / columns),
                    cells: Self.cells(size: 4 << number), first: levels.last.map { $0.first + $0.count } ?? 0))
        }
        self.levels = levels
        count = levels.reduce(0) { $0 + $1.count }
    }

    /// For each ratio of height to width, three sizes, a third of an octave apart.
    private static func cells(size: Int) -> [Box] {
        let sizes = [1, 1.2599210498948732, 1.5874010519681994].map { Float(Int(Double(size) * $0)) }
        return [0.5, 1, 2].flatMap { (ratio: Float) in
            sizes.map { size in
                let right = (size / ratio.squareRoot() / 2).rounded(.toNearestOrEven)
                let bottom = (size * ratio.squareRoot() / 2).rounded(.toNearestOrEven)
                return Box(left: -right, top: -bottom, right: right, bottom: bottom)
            }
        }
    }
}

import Tensors
import Workloads

/// A batch of NHWC images that a kernel maps to images of the same shape.
struct Images: Sendable {
    let count: Int
    let height: Int
    let width: Int
    let channels: Int
    /// Elements in the batch.
    let elements: Int

    static let parameters: [Parameter] = [
        .count("n", as: "batch", default: 1, "images"),
        .count("c", as: "channels", "channels"),
        .count("h", as: "height", "height"),
        .count("w", as: "width", "width"),
    ]

    static let shorthands = [Shorthand("size", sets: ["h", "w"], splits: true, "height and width")]

    /// Reads the arguments of `parameters`.
    init(_ arguments: Arguments) throws(ShapeError) {
        (count, channels) = (arguments.int("n"), arguments.int("c"))
        (height, width) = (arguments.int("h"), arguments.int("w"))
        elements = try product(count, height, width, channels)
    }

    private init(height: Int, width: Int, channels: Int) {
        (count, self.height, self.width, self.channels) = (1, height, width, channels)
        elements = height * width * channels
    }

    /// The same pixels as one image, the images below each other.
    var joined: Images { Images(height: count * height, width: width, channels: channels) }

    /// Pixels per image.
    var pixels: Int { height * width }

    /// The input images `x`, the weights, and the output images `y`.
    func operands(weights: [Operand], values: Values = .input) throws(ShapeError) -> [Operand] {
        let extents = [count, height, width, channels]
        return try [.input("x", extents, layout: "NHWC", values: values)] + weights
            + [.output("y", extents, layout: "NHWC")]
    }
}

import Instructions
import Tensors
import Vectors

/// How a convolution is cut into Winograd's tiles, and the sizes of the data between its transforms.
struct WinogradPlan {
    /// One product for each of the six by six places of a tile: [tiles, ci] times [ci, co].
    let product: TiledProduct
    /// Tiles per image along each axis; the last may reach beyond the edge.
    let rows: Int
    let columns: Int
    /// Tiles that are transformed, multiplied and transformed back together.
    let tilesAtATime: Int
    private let ci: Int
    private let co: Int

    static let places = WinogradTransform.inputs * WinogradTransform.inputs

    /// Bytes of a second-level cache; half of it is for the data between the transforms.
    private static let cache = 1 << 20
    /// Tiles per block that make up for fetching weights from a farther cache.
    private static let payingTiles = 56

    /// Nil if the kernel is not three by three, if it is strided, dilated or grouped, or if there are fewer channels
    /// than the shortest vector has lanes.
    init?(_ conv: Conv2D, best: InstructionSet = .current) {
        guard conv.groups == 1, [conv.vertical, conv.horizontal].allSatisfy({ Self.fits($0) }) else { return nil }
        guard let set = best.narrowing.first(where: { $0.lanes <= min(conv.ci, conv.co) }) else { return nil }
        (ci, co) = (conv.ci, conv.co)
        product = TiledProduct(
            kernels: set.microkernels, depth: conv.ci, columns: conv.co, step: conv.ci)
        func tiles(_ axis: WindowAxis) -> Int {
            (axis.output + WinogradTransform.outputs - 1) / WinogradTransform.outputs
        }
        (rows, columns) = (tiles(conv.vertical), tiles(conv.horizontal))
        // If the weights stay in the cache, few tiles at a time suffice. Else it takes more to justify fetching.
        let bytesOfTile = 4 * Self.places * (conv.ci + conv.co)
        let few = max(Self.cache / 2 / bytesOfTile, product.kernels.tileRows)
        let isCached = 4 * Self.places * product.packedFloats <= Self.cache
        tilesAtATime = min(rows * columns, isCached ? few : max(few, Self.payingTiles))
    }

    private static func fits(_ axis: WindowAxis) -> Bool {
        axis.kernel == 3 && axis.stride == 1 && axis.dilation == 1
    }

    /// Elements from the transformed pixels at one place to those at the next, and likewise for the products. One cache
    /// line more than needed, so that not all places map to the same sets of a cache.
    var inputStep: Int { tilesAtATime * ci + 16 }
    var outputStep: Int { tilesAtATime * co + 16 }
    /// Floats for six by six image pixels, or four by four results, of a tile that reaches beyond an edge.
    var patchFloats: Int { Self.places * max(ci, co) }
    /// Floats between the transforms.
    var workFloats: Int { Self.places * (inputStep + outputStep) }

    /// Transforms weights from OIHW to one packed matrix per place.
    func pack(_ weight: Tensor, into target: UnsafeMutablePointer<Float>) {
        for o in 0..<co {
            for i in 0..<ci {
                let g = weight.floats + (o * ci + i) * 9
                // G g, a column of taps at a time, then its rows: G g G^T.
                let half = (0..<3).map { x in WinogradTransform.kernel(Double(g[x]), Double(g[3 + x]), Double(g[6 + x]))
                }
                for y in 0..<WinogradTransform.inputs {
                    let row = WinogradTransform.kernel(half[0][y], half[1][y], half[2][y])
                    for x in 0..<WinogradTransform.inputs {
                        let place = y * WinogradTransform.inputs + x
                        target[place * product.packedFloats + product.place(row: i, column: o)] = Float(row[x])
                    }
                }
            }
        }
    }
}

import Instructions
import Tensors
import Vectors

/// A product with a matrix that is packed once: every row that is asked for, times [segments * depth, columns].
///
/// Rows are pointers, and a row is read in segments, so that the left side may be a matrix or the pixels of an image.
/// The packed matrix is [panel][segments * depth][width], a panel being as wide as a tile, zero beyond the columns.
struct TiledProduct {
    let kernels: VectorKernels
    /// Where in a row the segments begin: the taps of a convolution; one for a matrix product.
    let offsets: [Int]
    /// Elements of a segment.
    let depth: Int
    let columns: Int
    /// Whether the rows of a tile are copied side by side before they are multiplied.
    private let copiesRows: Bool

    /// - Parameter step: elements from one row to the next. Rows a multiple of 4 KiB apart fall into the same set of a
    ///   first-level cache, which has fewer ways than a tile has rows: those are copied, a cache line more apart.
    init(kernels: VectorKernels = .chosen, offsets: [Int] = [0], depth: Int, columns: Int, step: Int) {
        self.kernels = kernels
        self.offsets = offsets
        self.depth = depth
        self.columns = columns
        copiesRows = offsets.count == 1 && (4 * step).isMultiple(of: 4096)
    }

    /// Columns of a tile.
    var width: Int { 2 * kernels.lanes }
    var panels: Int { (columns + width - 1) / width }
    private var panelFloats: Int { offsets.count * depth * width }
    /// Floats of the packed matrix.
    var packedFloats: Int { panels * panelFloats }
    /// Floats of the packed bias.
    var startFloats: Int { panels * width }
    /// Floats that a run writes beside its result: a tile at the right edge, and the rows that are copied.
    var scratchFloats: Int { kernels.tileRows * (width + (copiesRows ? copyStep : 0)) }
    /// Elements from one copied row to the next.
    private var copyStep: Int { depth + 16 }

    /// Packs a matrix whose element in a row and column is given; a row is segment * depth + i.
    func packed(_ element: (_ row: Int, _ column: Int) -> Float) throws(OutOfMemory) -> Tensor {
        let target = try Tensor(floats: packedFloats)
        for column in 0..<columns {
            let (panel, lane) = column.quotientAndRemainder(dividingBy: width)
            let base = target.floats + panel * panelFloats + lane
            for row in 0..<(offsets.count * depth) { base[row * width] = element(row, column) }
        }
        return target
    }

    /// The bias, or zeros where there is none, as the tiles begin.
    func start(_ bias: UnsafePointer<Float>?) throws(OutOfMemory) -> Tensor {
        let target = try Tensor(floats: startFloats)
        if let bias { target.floats.update(from: bias, count: columns) }
        return target
    }

    /// Panels whose packed columns stay in half of a second-level cache of 1 MiB while the rows go by; at least so many
    /// that copying the rows of a tile, once a block of panels, weighs little.
    private var panelsAtATime: Int { max(copiesRows ? 4 : 1, (512 << 10) / (4 * panelFloats)) }

    /// Computes rows 0 ..< `rows` of the result; `row` gives where each row of the left side begins.
    @inline(__always)
    func run(
        rows: Int, packed: UnsafePointer<Float>, start: UnsafePointer<Float>, scratch: UnsafeMutablePointer<Float>,
        into c: UnsafeMutablePointer<Float>, stride: Int, row: (Int) -> UnsafePointer<Float>
    ) {
        // Tiles of nearly equal height: a last one of a row or two would wait for its own sums.
        let tiles = (rows + kernels.tileRows - 1) / kernels.tileRows
        offsets.withUnsafeBufferPointer { offsets in
            withUnsafeTemporaryAllocation(of: UnsafePointer<Float>.self, capacity: kernels.tileRows) { pointers in
                for first in Swift.stride(from: 0, to: panels, by: panelsAtATime) {
                    let block = first..<min(first + panelsAtATime, panels)
                    for tile in 0..<tiles {
                        let (low, high) = (rows * tile / tiles, rows * (tile + 1) / tiles)
                        for r in 0..<(high - low) {
                            let source = row(low + r)
                            guard copiesRows else {
                                pointers[r] = source
                                continue
                            }
                            let copy = scratch + kernels.tileRows * width + r * copyStep
                            copy.update(from: source + offsets[0], count: depth)
                            pointers[r] = UnsafePointer(copy) - offsets[0]
                        }
                        for panel in block {
                            let edge = min(width, columns - panel * width)
                            let target = c + low * stride + panel * width
                            let whole = edge == width
                            kernels.multiply(
                                high - low,
                                ProductTile(
                                    a: pointers.baseAddress!, offsets: offsets.baseAddress!, segments: offsets.count,
                                    depth: depth, b: packed + panel * panelFloats, start: start + panel * width,
                                    c: whole ? target : scratch, stride: whole ? stride : width))
                            if !whole {
                                for r in 0..<(high - low) {
                                    (target + r * stride).update(from: scratch + r * width, count: edge)
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

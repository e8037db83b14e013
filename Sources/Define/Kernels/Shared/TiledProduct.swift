import Instructions
import Mutants
import Tensors
import Vectors
import Workloads

/// A product with a matrix that is packed once: every row that is asked for, times [segments * depth, columns].
///
/// Rows are pointers, and a row is read in segments, so that the left side may be a matrix or the pixels of an image.
/// The packed matrix is [panel][segments * depth][width], a panel being as wide as a tile, zero beyond the columns.
struct TiledProduct {
    let kernels: any Microkernels.Type
    /// Where in a row the segments begin: the taps of a convolution; one for a matrix product.
    let offsets: [Int]
    /// Elements of a segment.
    let depth: Int
    let columns: Int
    let epilogue: Epilogue
    /// Columns of a tile.
    let width: Int
    let segments: Int
    let panels: Int
    let panelFloats: Int
    /// Parts of the sums, which are added up in the result.
    let parts: [Part]
    /// Whether the rows of a tile are copied side by side before they are multiplied.
    let copiesRows: Bool
    /// Whether all of the result is one panel, of which every element is written once.
    let isPlainPanel: Bool
    /// Elements from one copied row to the next.
    let copyStep: Int
    /// Tiles whose rows are copied at a time, and panels that pass over all of them before the next: either fill half of a
    /// second-level cache of 1 MiB.
    let tilesAtATime: Int
    let panelsAtATime: Int

    /// - Parameter step: elements from one row to the next. Rows a multiple of 4 KiB apart fall into the same set of a
    ///   first-level cache, which has fewer ways than a tile has rows: those are copied, a cache line more apart.
    init(
        kernels: any Microkernels.Type = microkernels, offsets: [Int] = [0], depth: Int, columns: Int, step: Int,
        epilogue: Epilogue = .none
    ) {
        self.kernels = kernels
        self.offsets = offsets
        self.depth = depth
        self.columns = columns
        self.epilogue = epilogue
        segments = offsets.count
        width = 2 * kernels.lanes
        panels = (columns + width - 1) / width
        panelFloats = offsets.count * depth * width
        parts = Part.all(segments: offsets.count, depth: depth)
        isPlainPanel = panels == 1 && parts.count == 1 && epilogue.afterTile == nil && !epilogue.hasResidual
        copiesRows = offsets == [0] && (4 * step).isMultiple(of: 4096)
        let longest = parts.map(\.rows).max() ?? 1
        copyStep = longest + 16
        tilesAtATime = copiesRows ? max(1, (512 << 10) / (4 * longest * kernels.tileRows)) : .max
        panelsAtATime = max(1, (512 << 10) / (4 * longest * width))
    }

    /// What it reads and writes beside its operands.
    struct Buffers {
        /// The packed matrix; where there is one for each of many places, all of them.
        let packed: Workspace.Buffer<Float>
        /// The packed bias, and zeros for the parts that add to it.
        let start: Workspace.Buffer<Float>
        /// Of a thread: a tile at the right edge, and the rows that are copied.
        let scratch: Workspace.Buffer<Float>
    }

    func buffers(in workspace: inout Workspace, matrices: Int = 1) -> Buffers {
        Buffers(
            packed: workspace.packed(matrices * packedFloats), start: workspace.packed((panels + 1) * width),
            scratch: workspace.perThread(
                kernels.tileRows * (width + (copiesRows ? tilesAtATime * copyStep : 0))))
    }

    /// Floats of the packed matrix.
    var packedFloats: Int { panels * panelFloats }

    /// Where an element stands in the packed matrix; a row is segment * depth + i.
    func place(row: Int, column: Int) -> Int {
        let (panel, lane) = column.quotientAndRemainder(dividingBy: width)
        return panel * panelFloats + row * width + lane
    }

    /// Packs a matrix whose element in a row and column is given; a row is segment * depth + i.
    func pack(into target: UnsafeMutablePointer<Float>, _ element: (_ row: Int, _ column: Int) -> Float) {
        for column in 0..<columns {
            for row in 0..<(offsets.count * depth) {
                let factor: Float = planted(.productRelative) && column == columns - 1 ? 1.0001 : 1
                target[place(row: row, column: column)] = element(row, column) * factor
            }
        }
    }

    /// Writes the bias where the tiles begin; without one there are zeros.
    func pack(bias: UnsafePointer<Float>?, into target: UnsafeMutablePointer<Float>) {
        if let bias, !planted(.productBias) { target.update(from: bias, count: columns) }
    }
}

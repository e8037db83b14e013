import Instructions
import Mutants
import Tensors
import Vectors
import Workloads

/// A product with a matrix that is packed once: any rows, times [segments * depth, columns].
///
/// Rows are pointers, and a row is read in segments, so the left side may be a matrix or the pixels of an image. The
/// packed matrix is [panel][segments * depth][width]. A panel is as wide as a tile, with zeros beyond the columns.
struct TiledProduct {
    let kernels: any Microkernels.Type
    /// Where the segments begin in a row: at taps of a convolution; a matrix product has one segment.
    let offsets: [Int]
    /// Elements per segment.
    let depth: Int
    let columns: Int
    let epilogue: Epilogue
    /// Columns per tile.
    let width: Int
    let segments: Int
    let panels: Int
    let panelFloats: Int
    /// Parts of the sums, which are added up in the result.
    let parts: [Part]
    /// Whether the rows of a tile are copied side by side before they are multiplied.
    let copiesRows: Bool
    /// Whether rows and results are fetched a tile ahead: rows of a matrix that are not copied.
    let fetchesAhead: Bool
    /// Whether the whole result is one panel, with every element written once.
    let isPlainPanel: Bool
    /// Elements from one copied row to the next.
    let copyStep: Int
    /// Tiles whose rows are copied at a time, and panels that are applied to all of them before the next panels. Each
    /// fills half of a second-level cache of 1 MiB.
    let tilesAtATime: Int
    let panelsAtATime: Int

    /// - Parameter step: elements from one row to the next. Rows a multiple of 4 KiB apart map to the same set of a
    ///   first-level cache, which has fewer ways than a tile has rows. They are copied, a cache line further apart.
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
        fetchesAhead = offsets == [0] && !copiesRows
        let longest = parts.map(\.rows).max() ?? 1
        copyStep = longest + 16
        tilesAtATime = copiesRows ? max(1, (512 << 10) / (4 * longest * kernels.tileRows)) : .max
        panelsAtATime = max(1, (512 << 10) / (4 * longest * width))
    }

    /// What it reads and writes besides its operands.
    struct Buffers {
        /// The packed matrix, or all of them if there are several.
        let packed: Workspace.Buffer<Float>
        /// The packed bias, and zeros for the parts that add to it.
        let start: Workspace.Buffer<Float>
        /// Per thread: a tile at the right edge, and the rows that are copied.
        let scratch: Workspace.Buffer<Float>
    }

    func buffers(in workspace: inout Workspace, matrices: Int = 1) -> Buffers {
        Buffers(
            packed: workspace.packed(matrices * packedFloats), start: workspace.packed((panels + 1) * width),
            scratch: workspace.perThread(scratchFloats))
    }

    /// Floats of the scratch memory of a thread.
    var scratchFloats: Int { kernels.tileRows * (width + (copiesRows ? tilesAtATime * copyStep : 0)) }

    /// Floats of the packed matrix.
    var packedFloats: Int { panels * panelFloats }

    /// The index of an element in the packed matrix; `row` is segment * depth + i.
    func place(row: Int, column: Int) -> Int {
        let (panel, lane) = column.quotientAndRemainder(dividingBy: width)
        return panel * panelFloats + row * width + lane
    }

    /// Packs a matrix, given its elements by row and column; a row is segment * depth + i.
    func pack(into target: UnsafeMutablePointer<Float>, _ element: (_ row: Int, _ column: Int) -> Float) {
        for column in 0..<columns {
            for row in 0..<(offsets.count * depth) {
                let factor: Float = planted(.productRelative) && column == columns - 1 ? 1.0001 : 1
                target[place(row: row, column: column)] = element(row, column) * factor
            }
        }
    }

    /// Writes the bias that tiles start from; without a bias they start from zeros.
    func pack(bias: UnsafePointer<Float>?, into target: UnsafeMutablePointer<Float>) {
        if let bias, !planted(.productBias) { target.update(from: bias, count: columns) }
    }
}

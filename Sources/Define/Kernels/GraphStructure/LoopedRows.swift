import Settings
import Tensors
import Threads
import Workloads

/// The rows of a graph without its self-loops, and with one of its own for every node behind the other edges if that is asked for.
struct LoopedRows {
    let rows: Int
    /// Whether every node gets a self-loop.
    let addsLoops: Bool
    /// Whether nodes keep the self-loops that they have.
    var keepsLoops = false
    /// Of the graph as it comes.
    let pointers: UnsafePointer<Int32>
    let indices: UnsafePointer<Int32>
    /// Of the graph that is made.
    let newPointers: UnsafeMutablePointer<Int32>
    let newIndices: UnsafeMutablePointer<Int32>

    /// Writes the pointers.
    func writePointers() {
        var next: Int32 = 0
        for row in 0..<rows {
            newPointers[row] = next
            for edge in Int(pointers[row])..<Int(pointers[row + 1]) where isKept(edge, row) { next += 1 }
            if addsLoops { next += 1 }
        }
        newPointers[rows] = next
    }

    @inline(__always)
    private func isKept(_ edge: Int, _ row: Int) -> Bool { keepsLoops || Int(indices[edge]) != row }

    /// Writes the sources of some rows, once the pointers are there. The body sees every kept edge with its new place, and every
    /// self-loop that is left out with nil. An added self-loop is the last edge of its row; the body does not see it.
    @inline(__always)
    func copy(_ part: Range<Int>, _ body: (_ row: Int, _ edge: Int, _ place: Int?) -> Void) {
        for row in part {
            var place = Int(newPointers[row])
            for edge in Int(pointers[row])..<Int(pointers[row + 1]) {
                if isKept(edge, row) {
                    newIndices[place] = indices[edge]
                    body(row, edge, place)
                    place += 1
                } else {
                    body(row, edge, nil)
                }
            }
            if addsLoops { newIndices[place] = Int32(truncatingIfNeeded: row) }
        }
    }
}

extension LoopedRows {
    /// For kernels with the operands `pointers`, `indices`, `new_pointers` and `new_indices`.
    init(_ tensors: Operands, rows: Int, addsLoops: Bool, keepsLoops: Bool = false) {
        self.init(
            rows: rows, addsLoops: addsLoops, keepsLoops: keepsLoops, pointers: tensors["pointers"].ints,
            indices: tensors["indices"].ints,
            newPointers: tensors["new_pointers"].ints, newIndices: tensors["new_indices"].ints)
    }

    /// The operands of the graph that is made.
    static func operands(rows: Int, edges: Int) throws(ShapeError) -> [Operand] {
        [
            try Operand("new_pointers", .output, [rows + 1], layout: "N", element: .i32),
            try Operand("new_indices", .output, [edges], layout: "E", element: .i32),
        ]
    }
}

extension GraphSource {
    /// The same graph, whose self-loops are then treated in some way. Throws if nodes would have two of them: no source says that.
    func with(_ loops: SelfLoops, _ arguments: Arguments) throws(ShapeError) -> GraphSource {
        guard loops != .more || self.loops == .kept || self.loops == .dropped else {
            throw ShapeError(
                "every node of the graph has a self-loop, and would get another one", parameter: "loops",
                remedy: "leave 'loops' out")
        }
        var changed = arguments
        changed["loops"] = .word((self.loops == .dropped && loops == .more ? .single : loops).rawValue)
        return try GraphSource(changed)
    }
}

import Tensors
import Threads
import Workloads

/// The edges behind the last one that leads to a node. A graph that is known beforehand has none. One whose edges are found in the call,
/// such as neighbours within a radius, has room for more than there are. What kernels write for them is 0.
struct EdgeTail {
    let pointers: UnsafePointer<Int32>
    let rows: Int
    /// Edges that there is room for.
    let edges: Int

    init(_ tensors: Operands, of graph: GraphSource) {
        (pointers, rows, edges) = (UnsafePointer(tensors["pointers"].ints), graph.rows, graph.edges)
    }

    /// Writes zeros there: `width` for each edge.
    func clear(_ y: UnsafeMutablePointer<Float>, width: Int) {
        let first = min(max(0, Int(pointers[rows])), edges)
        (y + first * width).update(repeating: 0, count: (edges - first) * width)
    }

    /// The same, by the last of some threads.
    func clear(_ y: UnsafeMutablePointer<Float>, width: Int, _ share: Share) {
        if share.index == share.count - 1 { clear(y, width: width) }
    }
}

import Tensors
import Workloads

/// The nodes of several graphs, those of a graph side by side. `batch` says which graph each node belongs to, ascending.
struct GraphBatch: Sendable {
    let graphs: Int
    let nodes: Int
    private let draws: Draws

    static let graphsParameter: Parameter = .count("graphs", "graphs; some may have no nodes")
    static let seedParameter = Parameter(
        "seed", .int(0...Int(Int32.max)), .value(.int(1)), "seed of the sizes of the graphs")

    /// The parameters of a kernel that has no other graph: these come first, and `seedParameter` after the kernel's own.
    static let parameters = [graphsParameter, .count("nodes", "nodes of all graphs")]

    init(graphs: Int, nodes: Int, seed: UInt64) {
        self.graphs = graphs
        self.nodes = nodes
        draws = Draws("batch", seed: seed)
    }

    /// Reads the arguments of `parameters` and `seedParameter`.
    init(_ arguments: Arguments) {
        self.init(
            graphs: arguments.int("graphs"), nodes: arguments.int("nodes"), seed: UInt64(arguments.int("seed")))
    }

    func operand() throws(ShapeError) -> Operand { try .indices("batch", nodes, layout: "N") }

    /// Where the nodes of each graph begin, and behind them the number of nodes: drawn places, each with the same
    /// probability, cut all nodes into graphs. So sizes differ, and a graph may be empty.
    var starts: [Int] {
        let cuts = (1..<graphs).map { draws.whole($0, below: nodes + 1) }
        return [0] + cuts.sorted() + [nodes]
    }

    /// The sizes of the graphs.
    var sizes: [Int] {
        let starts = starts
        return zip(starts, starts.dropFirst()).map { $1 - $0 }
    }

    /// Fills the operand `batch`.
    func fill(_ tensors: Operands) {
        let (batch, starts) = (tensors["batch"].ints, starts)
        for graph in 0..<graphs {
            for node in starts[graph]..<starts[graph + 1] { batch[node] = Int32(truncatingIfNeeded: graph) }
        }
    }

    /// The nodes of a graph, whatever `batch` holds.
    func range(of graph: Int, in batch: UnsafePointer<Int32>) -> Range<Int> {
        let first = batch.firstRow(from: graph, of: nodes)
        return first..<max(first, batch.firstRow(from: graph + 1, of: nodes))
    }
}

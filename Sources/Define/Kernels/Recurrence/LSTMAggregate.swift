import Foundation
import Instructions
import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

/// y[i] = the last hidden state of an LSTM that reads what the neighbours of node i send, in the order of its edges: the LSTM aggregation of
/// GraphSAGE (Hamilton et al., 2017). u[j] is the product of source j with the input weights, bias included: [4 f], gates i, f, g, o. A
/// node that no edge leads to gets 0.
package struct LSTMAggregate: Kernel {
    package static let schema = Schema(
        "lstm_aggregate", "aggregation over a graph: an LSTM over the neighbours of each node",
        GraphSource.parameters + [.count("f", as: "features", "features of the hidden state"), GraphSource.seed],
        example: "nodes=34,edges=156,f=6")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations]
    let graph: GraphSource
    let features: Int

    package init(_ arguments: Arguments) throws(ShapeError) {
        graph = try GraphSource(arguments)
        features = arguments.int("f")
        self.arguments = graph.completing(arguments)
        let gates = try product(4, features)
        macs = try product(graph.edges, features, gates)
        let steps = try product(graph.edges, features)
        elementOperations = [("add", 8), ("exp", 3), ("divide", 3), ("tanh", 2), ("multiply", 3)]
            .map { ElementOperations($0, $1 * steps) }
        operands =
            try graph.operands + [
                try .input("u", [graph.columns, gates], layout: "NC", values: .spread(Spread(reach: 3))),
                try .weight("weight", [gates, features], layout: "NK", fanIn: features),
                try .shift("bias", gates),
                try .output("y", [graph.rows, features], layout: "NC"),
            ]
    }

    /// What sources send that no edge comes from.
    package var unreadBytes: Int { graph.unreadBytes(source: 4 * features) }

    package var reductionLength: Int { features }

    /// A state is below 1, and a step forgets errors about as fast as it makes them.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        let pointers = tensors["pointers"].ints
        return (0..<graph.rows).map { row in
            let edges = Int(pointers[row + 1] - pointers[row])
            return Sums(elements: features, length: edges == 0 ? 0 : features, scale: edges == 0 ? 0 : 1, growth: 8)
        }
    }

    /// Nodes that take their steps together.
    private static let block = 64
    /// Degrees that are told apart: the largest stands for all above it too.
    private static let degrees = 1024

    package var implementations: [Implementation] {
        let tiled = TiledProduct(depth: features, columns: 4 * features, step: features)
        var workspace = Workspace()
        let buffers = tiled.buffers(in: &workspace)
        let order = workspace.shared(graph.rows, of: Int32.self)
        let starts = workspace.shared(Self.degrees + 1, of: Int.self)
        let states = workspace.perThread(2 * Self.block * features)
        let gates = workspace.perThread(Self.block * 5 * features)
        return [
            Implementation(
                "native", "nodes of like degree step together, one product for all", threading: .any,
                workspace: workspace
            ) { tensors, setting, memory in
                let (weight, order, starts) = (tensors["weight"].floats, memory[order], memory[starts])
                tiled.pack(into: memory[buffers.packed]) { weight[$1 * features + $0] }
                tiled.pack(bias: tensors["bias"].floats, into: memory[buffers.start])
                let pool = try ThreadPool.shared(setting.threads)
                let part: (Share) -> Void = { share in
                    run(tensors, order, share) { states, gates, active in
                        tiled.run(
                            rows: active,
                            TiledProduct.Memory(
                                packed: memory[buffers.packed], start: memory[buffers.start],
                                scratch: memory[buffers.scratch, share.index], residual: nil, c: gates,
                                stride: 4 * features)
                        ) { states + $0 * features }
                    } memory: {
                        (memory[states, share.index], memory[gates, share.index])
                    }
                }
                return PreparedCall {
                    sortByDegree(tensors, into: order, starts: starts)
                    pool.run(part)
                }
            }
        ]
    }

    /// The nodes with the most edges first: those that step together then end at about the same step. A counting sort over degrees.
    private func sortByDegree(
        _ tensors: Operands, into order: UnsafeMutablePointer<Int32>, starts: UnsafeMutablePointer<Int>
    ) {
        let pointers = tensors["pointers"].ints
        for i in 0...Self.degrees { starts[i] = 0 }
        func key(_ row: Int) -> Int {
            Self.degrees - 1 - min(Int(pointers[row + 1] - pointers[row]), Self.degrees - 1)
        }
        for row in 0..<graph.rows { starts[key(row) + 1] += 1 }
        for i in 0..<Self.degrees { starts[i + 1] += starts[i] }
        for row in 0..<graph.rows {
            order[starts[key(row)]] = Int32(truncatingIfNeeded: row)
            starts[key(row)] += 1
        }
    }

    /// Computes every share.count-th block of nodes.
    private func run(
        _ tensors: Operands, _ order: UnsafePointer<Int32>, _ share: Share,
        product: (_ states: UnsafePointer<Float>, _ gates: UnsafeMutablePointer<Float>, _ active: Int) -> Void,
        memory: () -> (states: UnsafeMutablePointer<Float>, gates: UnsafeMutablePointer<Float>)
    ) {
        let (pointers, indices) = (tensors["pointers"].ints, tensors["indices"].ints)
        let (u, y) = (UnsafePointer(tensors["u"].floats), tensors["y"].floats)
        let (h, gates) = memory()
        let cell = h + Self.block * features
        func degree(_ row: Int) -> Int { Int(pointers[row + 1] - pointers[row]) }
        for first in stride(from: share.index * Self.block, to: graph.rows, by: share.count * Self.block) {
            let count = min(Self.block, graph.rows - first)
            h.update(repeating: 0, count: 2 * Self.block * features)
            var longest = 0
            for place in first..<first + count { longest = max(longest, degree(Int(order[place]))) }
            for step in 0..<max(0, longest - slip(.lstmLast)) {
                // Degrees fall, but among those that count as one; so nodes up to the last that still has an edge step on.
                let active = ((0..<count).last { degree(Int(order[first + $0])) > step } ?? -1) + 1
                product(h, gates, active)
                for place in 0..<active {
                    let row = Int(order[first + place])
                    guard degree(row) > step else { continue }
                    let source = Int(indices[Int(pointers[row]) + step])
                    let own = gates + place * 4 * features
                    microkernels.add(count: 4 * features, own, u + source * 4 * features, into: own)
                    let state = cell + place * features
                    LSTMStep(rows: 1, features: features, gates: own, memory: gates + Self.block * 4 * features)
                        .advance(state, h: h + place * features, next: state)
                }
            }
            for place in 0..<count {
                (y + Int(order[first + place]) * features).update(from: h + place * features, count: features)
            }
        }
    }

    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        try graph.fill(tensors)
    }

    package func reference(_ tensors: Operands) {
        let (pointers, indices) = (tensors["pointers"].ints, tensors["indices"].ints)
        let (u, weight, bias) = (tensors["u"].floats, tensors["weight"].floats, tensors["bias"].floats)
        let y = tensors["y"].floats
        func sigmoid(_ x: Double) -> Double { ElementFunction.sigmoid.exact(x) }
        for row in 0..<graph.rows {
            var (h, cell) = ([Double](repeating: 0, count: features), [Double](repeating: 0, count: features))
            for edge in Int(pointers[row])..<Int(pointers[row + 1]) {
                let sent = u + Int(indices[edge]) * 4 * features
                let gates = (0..<4 * features).map { gate in
                    (0..<features).reduce(Double(sent[gate]) + Double(bias[gate])) {
                        $0 + Double(weight[gate * features + $1]) * h[$1]
                    }
                }
                for i in 0..<features {
                    cell[i] =
                        sigmoid(gates[features + i]) * cell[i] + sigmoid(gates[i]) * tanh(gates[2 * features + i])
                    h[i] = sigmoid(gates[3 * features + i]) * tanh(cell[i])
                }
            }
            for i in 0..<features { y[row * features + i] = Float(h[i]) }
        }
    }
}

import Foundation
import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// Dense graphs whose nodes are divided among clusters (Ying et al., "Hierarchical graph representation learning with
/// differentiable pooling", 2018). With S = softmax(s) over the clusters of a node, y = S^T x and adj_out = S^T adj S.
///
/// Two losses over the whole batch, as in PyTorch Geometric: link_loss is the root of the sum of the squares of
/// adj - S S^T, over the number of elements of adj; entropy_loss the mean over nodes of the sum of -S log(S + 1e-15).
package struct DiffPool: Kernel {
    package static let schema = Schema(
        "diff_pool", "nodes of dense graphs divided among clusters, with the losses of the division",
        [
            .count("b", as: "batch", default: 1, "graphs"),
            .count("n", as: "nodes", "nodes of a graph"),
            .count("c", as: "clusters", "clusters of a graph"),
            .count("f", as: "features", "features of a node"),
        ], example: "b=2,n=30,c=7,f=12")

    private static let epsilon = 1e-15

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations]
    private let batch: Int
    private let nodes: Int
    private let clusters: Int
    private let features: Int

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        (batch, nodes) = (arguments.int("b"), arguments.int("n"))
        (clusters, features) = (arguments.int("c"), arguments.int("f"))
        let (links, weights) = (try product(batch, nodes, nodes), try product(batch, nodes, clusters))
        operands = [
            try .input("s", [batch, nodes, clusters], layout: "BNK", values: .spread(Spread(reach: 3))),
            try .input("x", [batch, nodes, features], layout: "BNC"),
            try .input("adj", [batch, nodes, nodes], layout: "BNN", values: .scale),
            try .output("y", [batch, clusters, features], layout: "BKC"),
            try .output("adj_out", [batch, clusters, clusters], layout: "BKK"),
            try .output("link_loss", [1], layout: "1"),
            try .output("entropy_loss", [1], layout: "1"),
        ]
        // S^T x, adj S, S^T of that, and S S^T.
        macs = try product(batch, nodes, clusters, features + nodes + clusters + nodes)
        elementOperations = [
            ElementOperations("compare", weights), ElementOperations("subtract", weights + links),
            ElementOperations("exp", weights), ElementOperations("add", 3 * weights + links),
            ElementOperations("divide", weights + 2), ElementOperations("multiply", weights + links),
            ElementOperations("log", weights), ElementOperations("sqrt", 1),
        ]
    }

    package var reductionLength: Int { 2 * nodes }

    /// An entropy of nearly 0 is the difference of numbers near 1.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        let count = output.shape.count
        return switch output.name {
        case "y": [Sums(elements: count, length: nodes)]
        case "adj_out": [Sums(elements: count, length: 2 * nodes)]
        case "entropy_loss": [Sums(elements: count, length: clusters, scale: 1)]
        default: [Sums(elements: count, length: clusters)]
        }
    }

    package var implementations: [Implementation] {
        let products = (
            features: VariableProduct(rows: clusters, depth: nodes, columns: features),
            links: VariableProduct(rows: nodes, depth: nodes, columns: clusters),
            clusters: VariableProduct(rows: clusters, depth: nodes, columns: clusters),
            pairs: VariableProduct(rows: nodes, depth: clusters, columns: nodes)
        )
        var workspace = Workspace()
        let buffers = (
            products.features.buffers(in: &workspace), products.links.buffers(in: &workspace),
            products.clusters.buffers(in: &workspace), products.pairs.buffers(in: &workspace)
        )
        // Per thread S, S^T, adj S, and S S^T.
        let size = (nodes * clusters + 15) / 16 * 16
        let (weights, turned) = (workspace.perThread(size), workspace.perThread(size))
        let (half, pairs) = (workspace.perThread(size), workspace.perThread(nodes * nodes))
        let losses = workspace.shared(2, of: Double.self, parts: batch)
        return [
            Implementation(
                "native", "graph by graph: softmax, then products packed in the call", threading: .any,
                workspace: workspace
            ) { tensors, setting, memory in
                let pool = try ThreadPool.shared(setting.threads)
                let losses = memory[losses]
                let run: (Share) -> Void = { share in
                    let thread = share.index
                    func own(_ buffers: VariableProduct.Buffers) -> VariableProduct.Memory {
                        VariableProduct.Memory(buffers, in: memory, of: thread, thread: thread)
                    }
                    let (s, st) = (memory[weights, thread], memory[turned, thread])
                    let (half, pairs) = (memory[half, thread], memory[pairs, thread])
                    for graph in share.range(of: batch) {
                        let adj = tensors["adj"].floats + graph * nodes * nodes
                        losses[2 * graph + 1] = normalise(tensors["s"].floats + graph * nodes * clusters, into: s)
                        transpose(s, rows: nodes, columns: clusters, stride: clusters, into: st, step: nodes)
                        products.features(
                            st, tensors["x"].floats + graph * nodes * features,
                            into: tensors["y"].floats + graph * clusters * features, own(buffers.0))
                        products.links(adj, s, into: half, own(buffers.1))
                        products.clusters(
                            planted(.diffPoolLinks) ? UnsafePointer(s) : UnsafePointer(st), half,
                            into: tensors["adj_out"].floats + graph * clusters * clusters, own(buffers.2))
                        products.pairs(s, st, into: pairs, own(buffers.3))
                        losses[2 * graph] = squares(pairs, from: adj)
                    }
                }
                return PreparedCall {
                    pool.run(run)
                    var (links, entropy) = (0.0, 0.0)
                    for graph in 0..<batch - (batch > 1 ? slip(.diffPoolLoss) : 0) {
                        links += losses[2 * graph]
                        entropy += losses[2 * graph + 1]
                    }
                    write(links: links, entropy: entropy, tensors)
                }
            }
        ]
    }

    private func write(links: Double, entropy: Double, _ tensors: Operands) {
        let elements = Double(batch) * Double(nodes)
        tensors["link_loss"].floats[0] = Float(links.squareRoot() / (elements * Double(nodes)))
        tensors["entropy_loss"].floats[0] = Float(entropy / elements)
    }

    /// Writes the softmax of each node's row. Returns the sum over nodes of the entropy.
    ///
    /// With S = e^(s - m) / t, where m is the largest s and t the sum of the powers, the sum of -S log S is
    /// log t - the sum of S (s - m): a logarithm for a node. The 1e-15 beside S changes no digit.
    private func normalise(_ source: UnsafePointer<Float>, into weights: UnsafeMutablePointer<Float>) -> Double {
        var entropy = 0.0
        for node in 0..<nodes {
            let (row, target) = (source + node * clusters, weights + node * clusters)
            var largest = row[0]
            for i in 1..<max(1, clusters) { largest = maximum(largest, row[i]) }
            for i in 0..<clusters { target[i] = exponential(row[i] - largest) }
            var (total, shifted) = (0.0, 0.0)
            for i in 0..<clusters {
                let power = Double(target[i])
                total += power
                // 0 times the logarithm of 0 is 0.
                shifted += target[i] == 0 ? 0 : power * (Double(row[i]) - Double(largest))
            }
            entropy += log(total) - shifted / total
            let factor = Float(1 / total)
            for i in 0..<clusters { target[i] *= factor }
        }
        return entropy
    }

    /// The sum of the squares of adj - S S^T.
    private func squares(_ pairs: UnsafeMutablePointer<Float>, from adj: UnsafePointer<Float>) -> Double {
        var sum = 0.0
        for node in 0..<nodes {
            let (row, links) = (pairs + node * nodes, adj + node * nodes)
            for i in 0..<nodes { row[i] = links[i] - row[i] }
            sum += Double(Lanes.squares(row, count: nodes))
        }
        return sum
    }

    package func reference(_ tensors: Operands) {
        let (s, x, adj) = (tensors["s"].floats, tensors["x"].floats, tensors["adj"].floats)
        var (links, entropy) = (0.0, 0.0)
        for graph in 0..<batch {
            let (first, link) = (graph * nodes, adj + graph * nodes * nodes)
            let weights = (0..<nodes).map { node in
                let row = (0..<clusters).map { Double(s[(first + node) * clusters + $0]) }
                let powers = row.map { exp($0 - row.reduce(-.infinity, maximum)) }
                let total = powers.reduce(0, +)
                return powers.map { $0 / total }
            }
            for i in 0..<clusters {
                for c in 0..<features {
                    var sum = 0.0
                    for node in 0..<nodes { sum += weights[node][i] * Double(x[(first + node) * features + c]) }
                    tensors["y"].floats[(graph * clusters + i) * features + c] = Float(sum)
                }
            }
            // adj S
            var half = [[Double]](repeating: [Double](repeating: 0, count: clusters), count: nodes)
            for from in 0..<nodes {
                for to in 0..<nodes {
                    for i in 0..<clusters { half[from][i] += Double(link[from * nodes + to]) * weights[to][i] }
                }
            }
            for i in 0..<clusters {
                for j in 0..<clusters {
                    var sum = 0.0
                    for node in 0..<nodes { sum += weights[node][i] * half[node][j] }
                    tensors["adj_out"].floats[(graph * clusters + i) * clusters + j] = Float(sum)
                }
            }
            for from in 0..<nodes {
                for to in 0..<nodes {
                    var pair = 0.0
                    for i in 0..<clusters { pair += weights[from][i] * weights[to][i] }
                    let rest = Double(link[from * nodes + to]) - pair
                    links += rest * rest
                }
                for weight in weights[from] { entropy -= weight * log(weight + Self.epsilon) }
            }
        }
        write(links: links, entropy: entropy, tensors)
    }
}

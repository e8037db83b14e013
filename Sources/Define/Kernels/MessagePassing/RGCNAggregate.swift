import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// y[i] = the sum over relations r of the mean or sum over the edges of relation r from j to i of x[j] W[r]: R-GCN (Schlichtkrull et
/// al., "Modeling relational data with graph convolutional networks", 2018) without its own row and bias. The mean is over the edges
/// of one relation. A node that no edge leads to gets 0.
///
/// W is `weight`, [relations, fi, fo]; or a sum of bases, comp[r, b] weight[b]; or it consists of blocks along its diagonal,
/// [relations, blocks, fi / blocks, fo / blocks]. Without features x is the identity: an edge of relation r sends row j of W[r].
///
/// A relation must be below `relations`. Nothing checks what a call is given: the draws cannot make another one.
package struct RGCNAggregate: Kernel {
    package static let schema = Schema(
        "rgcn_aggregate", "aggregation over a graph with relations: the rows of sources times a matrix per relation",
        GraphSource.parameters + [
            .count("fi", as: "in", "features of a source; without features the number of sources"),
            .count("fo", as: "out", "features of a destination"),
            .count("relations", "relations, of which each edge has one"),
            Parameter(
                "bases", .int(0...Int(Int32.max)), .value(.int(0)), "matrices that all relations are sums of, or 0"),
            Parameter("blocks", .int(0...Int(Int32.max)), .value(.int(0)), "blocks that a matrix consists of, or 0"),
            .choice("reduce", ["mean", "sum"], "how the messages of a relation at a node are put together"),
            .flag("featureless", "sources have no features: each sends rows of the matrices"),
            GraphSource.seed,
        ], example: "nodes=34,edges=156,fi=6,fo=5,relations=4")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs: Int
    package let elementOperations: [ElementOperations]
    let graph: GraphSource
    let inputs: Int
    let outputs: Int
    let relations: Int
    /// 0 if relations have matrices of their own.
    let bases: Int
    /// 1 if matrices are whole.
    let blocks: Int
    let isMean: Bool
    let isFeatureless: Bool
    let types: EdgeKeys

    package init(_ arguments: Arguments) throws(ShapeError) {
        graph = try GraphSource(arguments)
        inputs = arguments.int("fi")
        outputs = arguments.int("fo")
        relations = arguments.int("relations")
        bases = arguments.int("bases")
        let blocks = arguments.int("blocks")
        self.blocks = max(1, blocks)
        isMean = arguments.word("reduce") == "mean"
        isFeatureless = arguments.flag("featureless")
        self.arguments = graph.completing(arguments)
        types = EdgeKeys(
            graph: graph, name: "edge_type", perEdge: 1, bound: relations, seed: UInt64(arguments.int("seed")))
        try Self.check(
            inputs: inputs, outputs: outputs, relations: relations, bases: bases, blocks: blocks,
            isFeatureless: isFeatureless, sources: graph.columns)

        let edges = graph.edges
        let reduced = try product(edges, outputs)
        let combined = try product(relations, bases, inputs, outputs)
        let products = isFeatureless ? 0 : try product(edges, inputs, outputs) / max(1, blocks)
        macs = products + (isMean ? reduced : 0) + combined
        elementOperations = isMean ? [ElementOperations("divide", edges)] : [ElementOperations("add", reduced)]
        let weight: Operand =
            if blocks > 0 {
                try .weight(
                    "weight", [relations, blocks, inputs / blocks, outputs / blocks], layout: "RBIO",
                    fanIn: inputs / blocks)
            } else if bases > 0 {
                try .weight("weight", [bases, inputs, outputs], layout: "BIO", fanIn: inputs)
            } else {
                try .weight("weight", [relations, inputs, outputs], layout: "RIO", fanIn: inputs)
            }
        operands =
            try graph.operands + [.indices("edge_type", edges, layout: "E")]
            + (isFeatureless ? [] : [.input("x", [graph.columns, inputs], layout: "NC")])
            + [weight]
            + (bases > 0 ? [.weight("comp", [relations, bases], layout: "RB", fanIn: bases)] : [])
            + [.output("y", [graph.rows, outputs], layout: "NC")]
    }

    private static func check(
        inputs: Int, outputs: Int, relations: Int, bases: Int, blocks: Int, isFeatureless: Bool, sources: Int
    ) throws(ShapeError) {
        guard bases == 0 || blocks == 0 else {
            throw ShapeError(
                "blocks: matrices are sums of bases or consist of blocks, not both", parameter: "blocks",
                remedy: "leave 'bases' or 'blocks' out")
        }
        guard blocks == 0 || inputs % blocks == 0 && outputs % blocks == 0 else {
            throw ShapeError(
                "blocks: \(blocks) does not divide \(inputs) and \(outputs) features", parameter: "blocks",
                remedy: "write a divisor of both")
        }
        guard isFeatureless else { return }
        guard blocks == 0 else {
            throw ShapeError(
                "blocks: without features a source sends whole rows", parameter: "blocks",
                remedy: "leave 'blocks' out, or write a number of bases")
        }
        guard inputs == sources else {
            throw ShapeError(
                "fi: \(inputs), but without features there is one for each of \(sources) sources", parameter: "fi",
                remedy: "write \(sources)")
        }
        guard try product(relations, sources) <= Int(Int32.max) else {
            throw ShapeError(
                "relations: \(relations) rows of each of \(sources) sources have numbers that fit no 32 bits",
                parameter: "relations", remedy: "write fewer, or take a smaller graph")
        }
    }

    /// The features of nodes that no edge comes from.
    package var unreadBytes: Int {
        graph.unreadBytes(source: isFeatureless ? 0 : inputs)
    }

    /// Terms behind what an edge sends.
    private var terms: Int { (isFeatureless ? 1 : inputs / blocks) * max(1, bases) }

    package var reductionLength: Int { max(1, graph.longestRow) * terms }

    /// What one source sends over one relation adds up if its edge is listed more than once; all else is independent.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        let (pointers, indices, types) = (tensors["pointers"].ints, tensors["indices"].ints, tensors["edge_type"].ints)
        let x = (tensors.optional("x")?.rootMeanSquare ?? 1) * Double(isFeatureless ? 1 : inputs / blocks).squareRoot()
        let comp = (tensors.optional("comp")?.rootMeanSquare ?? 1) * Double(max(1, bases)).squareRoot()
        let term = x * comp * tensors["weight"].rootMeanSquare
        var (edgesOf, sentBy) = ([Int](repeating: 0, count: relations), [Double](repeating: 0, count: relations))
        return (0..<graph.rows).map { row in
            let edges = Int(pointers[row])..<Int(pointers[row + 1])
            for edge in edges { edgesOf[Int(types[edge])] += 1 }
            // Squares of single messages, and of the sums over edges with one source and one relation.
            var (single, repeated) = (0.0, 0.0)
            for edge in edges {
                let type = Int(types[edge])
                if edge > edges.lowerBound, indices[edge] != indices[edge - 1] {
                    for other in edges { sentBy[Int(types[other])] = 0 }
                }
                let factor = isMean ? 1 / Double(edgesOf[type]) : 1
                single += factor * factor
                repeated += factor * factor + 2 * factor * sentBy[type]
                sentBy[type] += factor
            }
            for edge in edges { (edgesOf[Int(types[edge])], sentBy[Int(types[edge])]) = (0, 0) }
            return Sums(
                elements: outputs, length: edges.count * terms, scale: term * repeated.squareRoot(),
                growth: single > 0 ? (repeated / single).squareRoot() : 1)
        }
    }

    package var implementations: [Implementation] {
        [Implementation("native", way.summary, threading: .any) { native }]
    }

    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        try graph.fill(tensors)
        types.fill(tensors)
    }

    package func reference(_ tensors: Operands) {
        let (pointers, indices, types) = (tensors["pointers"].ints, tensors["indices"].ints, tensors["edge_type"].ints)
        let (x, y) = (tensors.optional("x")?.floats, tensors["y"].floats)
        let matrices = isFeatureless ? [] : matrices(tensors)
        var (mean, sums) = ([Double](repeating: 0, count: inputs), [Double](repeating: 0, count: outputs))
        for row in 0..<graph.rows {
            let edges = Int(pointers[row])..<Int(pointers[row + 1])
            for column in 0..<outputs { sums[column] = 0 }
            for (relation, own) in Dictionary(grouping: edges, by: { Int(types[$0]) }).sorted(by: { $0.key < $1.key }) {
                let divisor = isMean ? Double(own.count) : 1
                guard let x else {
                    for edge in own { add(relation, Int(indices[edge]), 1 / divisor, tensors, to: &sums) }
                    continue
                }
                for i in 0..<inputs {
                    mean[i] = own.reduce(0) { $0 + Double(x[Int(indices[$1]) * inputs + i]) } / divisor
                }
                let (depth, columns) = (inputs / blocks, outputs / blocks)
                for block in 0..<blocks {
                    for i in 0..<depth {
                        let place = ((relation * blocks + block) * depth + i) * columns
                        for column in 0..<columns {
                            sums[block * columns + column] += mean[block * depth + i] * matrices[place + column]
                        }
                    }
                }
            }
            for column in 0..<outputs { y[row * outputs + column] = Float(sums[column]) }
        }
    }

    /// The matrices of all relations, those of bases summed up.
    private func matrices(_ tensors: Operands) -> [Double] {
        let weight = tensors["weight"]
        guard let comp = tensors.optional("comp")?.floats else {
            return (0..<weight.count).map { Double(weight.floats[$0]) }
        }
        let size = inputs * outputs
        return (0..<relations * size).map { place in
            (0..<bases).reduce(0) {
                $0 + Double(comp[place / size * bases + $1]) * Double(weight.floats[$1 * size + place % size])
            }
        }
    }

    /// Adds a source's row of the matrix of a relation, times a factor.
    private func add(_ relation: Int, _ source: Int, _ factor: Double, _ tensors: Operands, to sums: inout [Double]) {
        let weight = tensors["weight"].floats
        let comp = tensors.optional("comp")?.floats
        for column in 0..<outputs {
            guard let comp else {
                sums[column] += factor * Double(weight[(relation * inputs + source) * outputs + column])
                continue
            }
            let element = (0..<bases).reduce(0) {
                $0 + Double(comp[relation * bases + $1])
                    * Double(weight[($1 * inputs + source) * outputs + column])
            }
            sums[column] += factor * element
        }
    }
}

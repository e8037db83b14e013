import Instructions
import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

extension RGCNAggregate {
    /// The way that does least.
    enum Way {
        /// Rows of sources reduced by destination and relation, then multiplied.
        case reduceFirst
        /// The rows of all sources times the matrices of all relations, then reduced: if destinations have few features.
        case transformFirst
        /// Without features: the rows of matrices reduced.
        case gather
        /// The same of bases: the row of each pair of a relation and a source that occurs is summed up once.
        case combine

        var summary: String {
            switch self {
            case .reduceFirst: "sources reduced by destination and relation, then one product for each relation"
            case .transformFirst: "sources times the matrices of all relations, then reduced"
            case .gather: "the rows of matrices reduced where they are"
            case .combine: "rows summed up from bases for each pair of relation and source that occurs, then reduced"
            }
        }
    }

    var way: Way {
        guard !isFeatureless else { return bases > 0 ? .combine : .gather }
        let table = graph.columns.multipliedReportingOverflow(by: relations)
        let isSmall = !table.overflow && table.partialValue <= Self.mostRows / outputs
        guard blocks == 1, isSmall else { return .reduceFirst }
        // Multiply-adds with the columns that fill up a panel; to sort an edge takes about the time of 512.
        let width = 2 * microkernels.lanes
        func padded(_ columns: Int) -> Double { Double((columns + width - 1) / width * width) }
        let reduced = Double(graph.edges) * (Double(inputs) * padded(outputs) + 512)
        let transformed = Double(graph.columns) * Double(inputs) * padded(relations * outputs)
        return transformed < reduced ? .transformFirst : .reduceFirst
    }

    /// The largest table of transformed rows, in floats.
    private static let mostRows = 1 << 28

    var native: Implementation {
        switch way {
        case .reduceFirst: reduceFirst
        case .transformFirst: transformFirst
        case .gather: gather
        case .combine: combine
        }
    }

    /// Multiply-adds of the weighted reduction of `features` features.
    private func reductionMACs(_ features: Int) -> Int { isMean ? graph.edges * features : 0 }

    /// Multiply-adds of the matrices of all relations from bases.
    private var combinationMACs: Int { relations * bases * inputs * outputs }

    private var reduceFirst: Implementation {
        let products = GroupedProducts(
            groups: relations, keysPerEdge: 1, rows: graph.rows, sources: graph.columns, edges: graph.edges,
            inputs: inputs, outputs: outputs, parts: blocks)
        var workspace = Workspace()
        let buffers = products.buffers(in: &workspace)
        let factors = workspace.shared(isMean ? graph.edges : 0)
        let counts = workspace.perThread(relations)
        let matrix = workspace.perThread(bases > 0 ? inputs * outputs : 0)
        return Implementation(
            "native", way.summary, threading: .any, workspace: workspace,
            executedMACs: combinationMACs + reductionMACs(inputs)
                + types.pairs.destinations * inputs * outputs / blocks
        ) { tensors, setting, memory in
            let pool = try ThreadPool.shared(setting.threads)
            let weight = UnsafePointer(tensors["weight"].floats)
            let packed = memory[buffers.product.packed]
            if bases == 0 {
                let size = inputs * (outputs / blocks)
                for relation in 0..<relations { products.pack(weight + relation * size, of: relation, into: packed) }
            }
            let operands = GroupedProducts.Operands(
                pointers: tensors["pointers"].ints, indices: tensors["indices"].ints, keys: tensors["edge_type"].ints,
                numbers: isMean ? UnsafePointer(memory[factors]) : nil, u: tensors["x"].floats, y: tensors["y"].floats)
            let pack: (Share) -> Void = { share in
                for relation in share.range(of: relations) {
                    let sum = memory[matrix, share.index]
                    combine(relation, tensors, into: sum)
                    products.pack(sum, of: relation, into: packed)
                }
            }
            let reduce: (Share) -> Void = { share in
                if isMean { weigh(share, tensors, counts: memory[counts, share.index], factors: memory[factors]) }
                products.run(operands, buffers, memory, share)
            }
            return PreparedCall {
                if bases > 0 { pool.run(pack) }
                pool.run(reduce)
            }
        }
    }

    private var transformFirst: Implementation {
        let columns = relations * outputs
        let product = TiledProduct(depth: inputs, columns: columns, step: inputs)
        var workspace = Workspace()
        let buffers = product.buffers(in: &workspace)
        let rows = Rows(self, in: &workspace, of: graph.columns * relations)
        let table = workspace.shared(columns, parts: graph.columns)
        let matrix = workspace.perThread(inputs * outputs)
        return Implementation(
            "native", way.summary, threading: .any, workspace: workspace,
            executedMACs: combinationMACs + graph.columns * inputs * columns + reductionMACs(outputs)
        ) { tensors, setting, memory in
            let pool = try ThreadPool.shared(setting.threads)
            let (x, weight) = (UnsafePointer(tensors["x"].floats), UnsafePointer(tensors["weight"].floats))
            let packed = memory[buffers.packed]
            func pack(_ matrix: UnsafePointer<Float>, of relation: Int) {
                for i in 0..<inputs {
                    for column in 0..<outputs {
                        packed[product.place(row: i, column: relation * outputs + column)] =
                            matrix[i * outputs + column]
                    }
                }
            }
            if bases == 0 {
                for relation in 0..<relations { pack(weight + relation * inputs * outputs, of: relation) }
            }
            let combine: (Share) -> Void = { share in
                for relation in share.range(of: relations) {
                    let sum = memory[matrix, share.index]
                    self.combine(relation, tensors, into: sum)
                    pack(sum, of: relation)
                }
            }
            let transform: (Share) -> Void = { share in
                product.run(
                    rows: graph.columns,
                    TiledProduct.Memory(
                        packed: packed, start: memory[buffers.start], scratch: memory[buffers.scratch, share.index],
                        residual: nil, c: memory[table], stride: columns), share
                ) { x + $0 * inputs }
                place(share, tensors, rows, memory) { $0 * relations + $1 }
            }
            let reduce = rows.call(self, tensors, table: memory[table], memory, on: pool, threads: setting.threads)
            return PreparedCall {
                if bases > 0 { pool.run(combine) }
                pool.run(transform)
                reduce()
            }
        }
    }

    private var gather: Implementation {
        var workspace = Workspace()
        let rows = Rows(self, in: &workspace, of: graph.columns * relations)
        return Implementation("native", way.summary, threading: .any, workspace: workspace) {
            tensors, setting, memory in
            let pool = try ThreadPool.shared(setting.threads)
            let (weight, sources) = (UnsafePointer(tensors["weight"].floats), graph.columns)
            let find: (Share) -> Void = { share in
                place(share, tensors, rows, memory) { source, relation in relation * sources + source }
            }
            let reduce = rows.call(self, tensors, table: weight, memory, on: pool, threads: setting.threads)
            return PreparedCall {
                pool.run(find)
                reduce()
            }
        }
    }

    private var combine: Implementation {
        var workspace = Workspace()
        // The rows that a source has in all bases, side by side.
        let packed = workspace.packed(inputs * bases * outputs)
        let rows = Rows(self, in: &workspace, of: graph.edges)
        let table = workspace.shared(outputs, parts: graph.edges)
        let ends = workspace.shared(graph.columns, of: Int32.self)
        let order = workspace.shared(graph.edges, of: Int32.self)
        let known = workspace.perThread(relations)
        return Implementation(
            "native", way.summary, threading: .any, workspace: workspace,
            executedMACs: types.pairs.sources * bases * outputs + reductionMACs(outputs)
        ) { tensors, setting, memory in
            let pool = try ThreadPool.shared(setting.threads)
            let (weight, comp) = (tensors["weight"].floats, UnsafePointer(tensors["comp"].floats))
            let (indices, types) = (tensors["indices"].ints, tensors["edge_type"].ints)
            for source in 0..<inputs {
                for base in 0..<bases {
                    (memory[packed] + (source * bases + base) * outputs).update(
                        from: weight + (base * inputs + source) * outputs, count: outputs)
                }
            }
            let (places, table, weighted) = (memory[rows.places], memory[table], WeightedRows(of: outputs))
            let sum: (Share) -> Void = { share in
                let sources = share.range(of: graph.columns)
                var next = sort(sources, indices, ends: memory[ends], order: memory[order])
                let known = Self.ints(memory[known, share.index])
                for source in sources {
                    let edges = next..<Int(memory[ends][source])
                    next = edges.upperBound
                    for place in edges {
                        let edge = Int(memory[order][place])
                        let relation = Int(types[edge])
                        // Rows are counted from 1, so that 0 means that there is none.
                        if known[relation] == 0 {
                            known[relation] = Int32(truncatingIfNeeded: place + 1)
                            let row = table + place * outputs
                            row.update(repeating: 0, count: outputs)
                            weighted.add(
                                weights: comp + relation * bases,
                                rows: UnsafePointer(memory[packed]) + source * bases * outputs,
                                number: bases - slip(.rgcnBase), to: row)
                        }
                        places[edge] = known[relation] - 1
                    }
                    for place in edges where !planted(.rgcnKnown) { known[Int(types[Int(memory[order][place])])] = 0 }
                }
                if isMean {
                    weigh(share, tensors, counts: memory[rows.counts, share.index], factors: memory[rows.factors])
                }
            }
            let reduce = rows.call(self, tensors, table: table, memory, on: pool, threads: setting.threads)
            return PreparedCall {
                pool.run(sum)
                reduce()
            }
        }
    }

    /// Sorts the edges that come from some sources by source. Returns where the first of them stands in `order`; those of a source end
    /// at its element of `ends`.
    private func sort(
        _ sources: Range<Int>, _ indices: UnsafePointer<Int32>, ends: UnsafeMutablePointer<Int32>,
        order: UnsafeMutablePointer<Int32>
    ) -> Int {
        for source in sources { ends[source] = 0 }
        var before = 0
        for edge in 0..<graph.edges {
            let source = Int(indices[edge])
            if source < sources.lowerBound {
                before += 1
            } else if source < sources.upperBound {
                ends[source] += 1
            }
        }
        var start = Int32(truncatingIfNeeded: before)
        for source in sources { (ends[source], start) = (start, start + ends[source]) }
        for edge in 0..<graph.edges {
            let source = Int(indices[edge])
            guard sources.contains(source) else { continue }
            order[Int(ends[source])] = Int32(truncatingIfNeeded: edge)
            ends[source] += 1
        }
        return before
    }

    /// Sums up the matrix of a relation from the bases.
    private func combine(_ relation: Int, _ tensors: Operands, into matrix: UnsafeMutablePointer<Float>) {
        let (weight, comp, size) = (tensors["weight"].floats, tensors["comp"].floats, inputs * outputs)
        matrix.update(repeating: 0, count: size)
        for base in 0..<bases {
            let (factor, source) = (comp[relation * bases + base], weight + base * size)
            for i in 0..<size { matrix[i] += factor * source[i] }
        }
    }

    /// Writes 1 over the number of edges with its relation and its destination for each edge of a share of the rows.
    private func weigh(
        _ share: Share, _ tensors: Operands, counts: UnsafeMutablePointer<Float>, factors: UnsafeMutablePointer<Float>
    ) {
        let (pointers, types) = (UnsafePointer(tensors["pointers"].ints), tensors["edge_type"].ints)
        // All 0 between rows.
        let counts = Self.ints(counts)
        for row in share.rows(of: pointers, count: graph.rows) {
            let edges = Int(pointers[row])..<Int(pointers[row + 1])
            for edge in edges { counts[Int(types[edge])] += 1 }
            for edge in edges {
                factors[edge] = 1 / Float(planted(.rgcnMean) ? Int32(edges.count) : counts[Int(types[edge])])
            }
            for edge in edges { counts[Int(types[edge])] = 0 }
        }
    }

    private static func ints(_ floats: UnsafeMutablePointer<Float>) -> UnsafeMutablePointer<Int32> {
        UnsafeMutableRawPointer(floats).assumingMemoryBound(to: Int32.self)
    }

    /// Rows of a table that edges send.
    private struct Rows {
        /// The row of each edge, and its factor.
        let places: Workspace.Buffer<Int32>
        let factors: Workspace.Buffer<Float>
        let counts: Workspace.Buffer<Float>
        private let rest: Workspace.Buffer<Float>
        /// Rows of the table.
        private let count: Int

        init(_ kernel: RGCNAggregate, in workspace: inout Workspace, of count: Int) {
            places = workspace.shared(kernel.graph.edges, of: Int32.self)
            factors = workspace.shared(kernel.isMean ? kernel.graph.edges : 0)
            counts = workspace.perThread(kernel.relations)
            rest = workspace.perThread(kernel.outputs)
            self.count = count
        }

        /// The call that reduces them.
        func call(
            _ kernel: RGCNAggregate, _ tensors: Operands, table: UnsafePointer<Float>, _ memory: Workspace.Memory,
            on pool: ThreadPool, threads: Int
        ) -> () -> Void {
            let isMean = kernel.isMean
            return Aggregation(
                message: isMean ? .multiply : .copySource, reduction: .sum, rows: kernel.graph.rows, sources: count,
                edges: kernel.graph.edges, features: kernel.outputs, edgeFeatures: isMean ? 1 : 0,
                pointers: tensors["pointers"].ints, indices: memory[places], u: table,
                e: isMean ? UnsafePointer(memory[factors]) : nil, y: tensors["y"].floats
            ).call(on: pool, threads: threads) { memory[rest, $0] }
        }
    }

    /// Finds the row and the factor of each edge of a share of the destinations.
    private func place(
        _ share: Share, _ tensors: Operands, _ rows: Rows, _ memory: Workspace.Memory,
        _ place: (_ source: Int, _ relation: Int) -> Int
    ) {
        let (pointers, indices) = (UnsafePointer(tensors["pointers"].ints), tensors["indices"].ints)
        let (types, places) = (tensors["edge_type"].ints, memory[rows.places])
        let own = share.rows(of: pointers, count: graph.rows)
        for edge in Int(pointers[own.lowerBound])..<Int(pointers[own.upperBound]) {
            places[edge] = Int32(
                truncatingIfNeeded: place(Int(indices[edge]), planted(.rgcnRelation) ? 0 : Int(types[edge])))
        }
        if isMean { weigh(share, tensors, counts: memory[rows.counts, share.index], factors: memory[rows.factors]) }
    }
}

import Mutants
import Settings
import Tensors
import Threads
import Vectors
import Workloads

/// Ways that reduce rows of a table: each edge sends one.
extension RGCNAggregate {
    var gather: Implementation {
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

    var combine: Implementation {
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

    /// Rows of a table that edges send.
    struct Rows {
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
    func place(
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

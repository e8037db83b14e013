import Settings
import Tensors
import Threads
import Workloads

extension RGCNAggregate {
    var reduceFirst: Implementation {
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

    var transformFirst: Implementation {
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

    /// Sums up the matrix of a relation from the bases.
    private func combine(_ relation: Int, _ tensors: Operands, into matrix: UnsafeMutablePointer<Float>) {
        let (weight, comp, size) = (tensors["weight"].floats, tensors["comp"].floats, inputs * outputs)
        matrix.update(repeating: 0, count: size)
        for base in 0..<bases {
            let (factor, source) = (comp[relation * bases + base], weight + base * size)
            for i in 0..<size { matrix[i] += factor * source[i] }
        }
    }
}

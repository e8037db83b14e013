import Kernels
import Tensors
import Testing
import Workloads

/// What is drawn reaches every branch of a function, or a fault in one would never show.
@Suite struct ReachTests {
    private func filled<W: Kernel>(_ type: W.Type, _ text: String) throws -> (W, Operands) {
        let workload = try workload(type, text)
        return (workload, try operands(of: workload))
    }

    /// Filled, the outputs too.
    private func operands(of workload: any Workload) throws -> Operands {
        let tensors = try Operands(allocating: workload.operands)
        try workload.fill(tensors, seed: 1)
        try workload.reference(tensors)
        return tensors
    }

    private func expectBounds(_ y: [Float], most: Float, _ place: String) {
        let shares = [y.count { $0 == 0 }, y.count { $0 == most }, y.count { $0 > 0 && $0 < most }]
            .map { Double($0) / Double(y.count) }
        #expect(shares.allSatisfy { $0 > 0.1 }, "\(place): \(shares)")
    }

    @Test(arguments: [("relu6", 6), ("hardsigmoid", 1)] as [(String, Float)])
    func bothBounds(function: String, most: Float) throws {
        let activation = try filled(Activation.self, "function=\(function),elements=2000").1
        expectBounds(activation["y"].elements, most: most, "activation")
        let product = try filled(MatMul.self, "m=20,k=64,n=70,act=\(function)").1
        expectBounds(product["y"].elements, most: most, "matmul")
        let dense = try filled(Conv2D.self, "ci=16,co=32,h=12,w=12,k=3,act=\(function)").1
        expectBounds(dense["y"].elements, most: most, "conv2d")
        let depthwise = try filled(Conv2D.self, "ci=32,co=32,h=12,w=12,k=3,g=32,act=\(function)").1
        expectBounds(depthwise["y"].elements, most: most, "depthwise")
        let norm = try filled(BatchNorm.self, "c=24,h=12,w=12,act=\(function)").1
        expectBounds(norm["y"].elements, most: most, "batch_norm")
        let batch = try filled(BatchNorm.self, "c=24,h=12,w=12,statistics=batch,act=\(function)").1
        expectBounds(batch["y"].elements, most: most, "batch_norm with statistics of the batch")
    }

    @Test func bothKneesOfHardswish() throws {
        for y in [
            try filled(Activation.self, "function=hardswish,elements=2000").1["y"].elements,
            try filled(MatMul.self, "m=20,k=64,n=70,act=hardswish").1["y"].elements,
        ] {
            // 0 up to -3, a curve that dips to -3/8, and the identity from 3 on.
            let shares = [y.count { $0 == 0 }, y.count { $0 > -0.375 && $0 < 3 && $0 != 0 }, y.count { $0 > 3 }]
            #expect(shares.allSatisfy { $0 > y.count / 10 }, "\(shares)")
        }
    }

    /// Without the largest taken from them, the powers of some rows are infinite and those of others are 0.
    @Test func scoresBeyondWhatPowersHold() throws {
        let (_, rows) = try filled(Softmax.self, "rows=6,f=40")
        #expect(rows["x"].elements.contains { $0 > 89 } && rows["x"].elements.contains { $0 < -104 })
        let (graph, edges) = try filled(EdgeSoftmax.self, "nodes=34,edges=156,h=2")
        let pointers = edges["pointers"].ints
        for row in 0..<34 {
            let scores = edges["x"].elements[Int(pointers[row]) * 2..<Int(pointers[row + 1]) * 2]
            guard let least = scores.min(), let largest = scores.max() else { continue }
            #expect(largest - least <= 16, "\(graph.name): one edge of node \(row) has all the weight")
        }
        #expect(edges["x"].elements.contains { $0 > 89 } && edges["x"].elements.contains { $0 < -104 })
    }

    /// Of heads that share keys, and of a step of decoding.
    @Test(arguments: [(heads: 4, keyHeads: 2, queries: 12, keys: 12), (8, 2, 1, 40)])
    func scoresOfAllKinds(heads: Int, keyHeads: Int, queries: Int, keys: Int) throws {
        let dim = 64
        let (_, tensors) = try filled(Attention.self, "h=\(heads),kv=\(keyHeads),q=\(queries),k=\(keys),d=\(dim)")
        let (q, k) = (tensors["q"].floats, tensors["k"].floats)
        var kinds: Set<String> = []
        for row in 0..<heads * queries {
            let first = row / queries / (heads / keyHeads) * keys
            let scores = (first..<first + keys).map { key in
                (0..<dim).reduce(Float(0)) { $0 + q[row * dim + $1] * k[key * dim + $1] } / Float(dim).squareRoot()
            }
            let (least, largest) = (scores.min() ?? 0, scores.max() ?? 0)
            if largest - least < 3, abs(largest) < 10 { kinds.insert("all keys weigh alike") }
            if largest - least > 6 { kinds.insert("few keys weigh") }
            if largest > 89 { kinds.insert("powers overflow") }
            if largest < -80 { kinds.insert("powers underflow") }
        }
        #expect(kinds.count == 4, "\(kinds)")
    }

    /// Rows whose variance is no larger than epsilon, and means far from 0.
    @Test func momentsOfAllKinds() throws {
        let (_, rows) = try filled(LayerNorm.self, "rows=8,f=100")
        let (_, images) = try filled(InstanceNorm.self, "c=4,h=10,w=10")
        let x = rows["x"].elements
        let perRow = (0..<8).map { Array(x[$0 * 100..<($0 + 1) * 100]) }
        let perChannel = (0..<4).map { channel in
            stride(from: channel, to: 400, by: 4).map { images["x"].elements[$0] }
        }
        for parts in [perRow, perChannel] {
            let means = parts.map { $0.reduce(0, +) / Float($0.count) }
            let variances = zip(parts, means).map { part, mean in
                part.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(part.count)
            }
            #expect(variances.contains { $0 < 1e-5 } && variances.contains { $0 > 0.1 })
            #expect(zip(means, variances).contains { abs($0) > 5 * $1.squareRoot() })
        }
    }

    @Test func maximaOfBothSigns() throws {
        let y = try filled(Pool2D.self, "kind=max,c=6,h=12,w=12,k=3").1["y"].elements
        #expect(y.count { $0 < 0 } > y.count / 5 && y.count { $0 > 0 } > y.count / 5)
    }

    @Test func candidatesOfAllKinds() throws {
        let x = try filled(NonMaximumSuppression.self, "boxes=300").1["x"].elements
        let scores = stride(from: 4, to: x.count, by: 6).map { x[$0] }
        #expect(scores.contains { $0 <= 0 } && Set(scores).count < scores.count - 20)
        let shifts = try filled(BoxDecode.self, "h=64,w=48,classes=5,top=10").1["regression"].elements
        #expect(stride(from: 2, to: shifts.count, by: 4).contains { shifts[$0] > 4.2 })
    }

    /// An answer that is nearly all zeros would agree with one that nobody computed.
    @Test func answersAreNotVacuous() throws {
        for kernel in KernelCatalog.kernels { try expectSubstance(kernel) }
    }

    private func expectSubstance(_ kernel: Kind) throws {
        let workload = try workload(kernel, kernel.schema.example)
        let tensors = try operands(of: workload)
        #expect(workload.vacuousOutput(of: tensors, expected: tensors) == nil, "\(workload.name)")
    }
}

import Kernels
import Tensors
import Testing
import Workloads

@Suite struct SpMMTests {
    private static let reductions = ["sum", "mean", "max"]

    /// A row without neighbours, a hub, a repeated edge, in four rows and three columns.
    private static let rectangular = """
        %%MatrixMarket matrix coordinate real general
        4 3 6
        1 1 2
        1 3 -1
        3 2 0.5
        4 1 1
        4 1 3
        4 3 1

        """

    @Test(
        arguments: [
            "nodes=1,edges=0,f=1", "nodes=5,edges=0,f=3", "nodes=1,edges=1,f=1", "nodes=1,edges=9,f=17",
            "nodes=2,edges=3,f=2", "nodes=97,edges=1,f=16", "nodes=13,edges=101,f=15", "nodes=64,edges=997,f=16",
            "nodes=101,edges=503,f=17", "nodes=997,edges=4999,f=33", "graph=uniform,nodes=31,edges=211,f=7",
            "graph=uniform,nodes=300,edges=40,f=64,seed=9", "graph=uniform,nodes=3,edges=4001,f=5",
            "nodes=2000,edges=50000,f=31,seed=0", "nodes=40,edges=300,f=47", "nodes=40,edges=300,f=128",
            "nodes=40,edges=300,f=127", "nodes=40,edges=300,f=129", "nodes=40,edges=300,f=255",
            "nodes=17,edges=90,f=12", "nodes=17,edges=90,f=4", "nodes=17,edges=90,f=9",
        ], reductions) func implementationsAgree(shape: String, reduction: String) throws
    {
        try expectAgreement(SpMM.kind, shape + ",reduce=\(reduction)")
        try expectAgreement(SpMM.kind, shape + ",reduce=\(reduction),weighted=true")
    }

    /// Half of all edges lead to one node, whose sums cancel.
    @Test(arguments: reductions) func hubs(reduction: String) throws {
        let text = GraphText.hub(edges: 3000) { $0 % 2 == 0 }
        try withFile(text.utf8) { path in
            for weighted in [false, true] {
                try expectAgreement(SpMM.kind, "graph=\(path),f=19,reduce=\(reduction),weighted=\(weighted)")
            }
        }
    }

    @Test(arguments: reductions) func filesAgree(reduction: String) throws {
        let symmetric = "%%MatrixMarket matrix coordinate integer symmetric\n5 5 4\n1 1 -7\n3 1 2\n5 2 1\n5 5 3\n"
        let empty = "%%MatrixMarket matrix coordinate pattern general\n4 9 0\n"
        for text in [Self.rectangular, symmetric, empty] {
            try withFile(text.utf8) { path in
                for weighted in [false, true] {
                    try expectAgreement(SpMM.kind, "graph=\(path),f=3,reduce=\(reduction),weighted=\(weighted)")
                }
            }
        }
    }

    @Test(
        arguments: [
            ("sum", false, [4, 4, 0, 0, 2, 20, 5, 14]), ("mean", false, [2, 2, 0, 0, 2, 20, 5.0 / 3, 14.0 / 3]),
            ("max", false, [3, 10, 0, 0, 2, 20, 3, 10]),
            ("sum", true, [-1, 26, 0, 0, 1, 10, 7, 34]), ("mean", true, [-0.5, 13, 0, 0, 1, 10, 7.0 / 3, 34.0 / 3]),
            ("max", true, [2, 20, 0, 0, 1, 10, 3, 30]),
        ] as [(String, Bool, [Float])])
    func referenceByHand(reduction: String, weighted: Bool, expected: [Float]) throws {
        // Rows: 0 <- {0, 2}, 1 <- {}, 2 <- {1}, 3 <- {0, 0, 2}.
        try withFile(Self.rectangular.utf8) { path in
            let y = try reference(
                SpMM.kind, "graph=\(path),f=2,reduce=\(reduction),weighted=\(weighted)",
                ["x": [1, 10, 2, 20, 3, -6]])
            #expect(y == expected)
        }
    }

    /// Of the size of ogbn-arxiv: the tolerance of a row is that of its own edges, not of the busiest node's.
    @Test(arguments: reductions) func toleranceIsThatOfARow(reduction: String) throws {
        let (nodes, features) = (169_343, 4)
        let workload = try workload(
            SpMM.kind, "nodes=\(nodes),edges=1166243,f=\(features),weighted=true,reduce=\(reduction)")
        let tensors = try Operands(allocating: workload.operands)
        try workload.fill(tensors, seed: 3)
        try workload.reference(tensors)
        func isTolerable(_ change: (UnsafeMutablePointer<Float>) -> Void) throws -> Bool? {
            let answer = try tensors.withFreshOutputs(of: workload.operands)
            try workload.implementations[0].prepare(answer, workload.implementations[0].setting()).run()
            change(answer["y"].floats)
            return workload.deviation(of: answer, from: tensors)?.isTolerable
        }
        #expect(try isTolerable { _ in } == true)
        #expect(try isTolerable { y in for i in 0..<nodes * features { y[i] *= 1.0001 } } == false)
        // The longest row is where an edge weighs least.
        let pointers = tensors["pointers"].ints
        let hub = try #require((0..<nodes).max { pointers[$0 + 1] - pointers[$0] < pointers[$1 + 1] - pointers[$1] })
        let (first, end) = (Int(pointers[hub]), Int(pointers[hub + 1]))
        #expect(end - first > 5000)
        let row = (0..<features).map { feature in
            var shortened = 0.0
            for edge in first..<(end - 1) {
                let source = Int(tensors["indices"].ints[edge]) * features
                shortened += Double(tensors["values"].floats[edge]) * Double(tensors["x"].floats[source + feature])
            }
            return Float(reduction == "mean" ? shortened / Double(end - first) : shortened)
        }
        guard reduction != "max" else { return }
        #expect(try isTolerable { y in for i in 0..<features { y[hub * features + i] = row[i] } } == false)
    }

    @Test(arguments: reductions) func notANumberReachesItsDestinationsOnly(reduction: String) throws {
        for weighted in [false, true] {
            let workload = try workload(
                SpMM.kind, "graph=uniform,nodes=40,edges=200,f=5,reduce=\(reduction),weighted=\(weighted)")
            let tensors = try Operands(allocating: workload.operands)
            try workload.fill(tensors, seed: 1)
            tensors["x"].floats[7 * 5 + 2] = .nan
            tensors["x"].floats[9 * 5 + 3] = .infinity
            tensors["x"].floats[11 * 5 + 3] = -.infinity
            try workload.reference(tensors)
            for implementation in workload.implementations {
                let answer = try tensors.withFreshOutputs(of: workload.operands)
                try implementation.prepare(answer, implementation.setting()).run()
                #expect(workload.deviation(of: answer, from: tensors)?.isTolerable == true)
            }
            let reached = Set((0..<200).filter { tensors["y"].floats[$0].isNaN })
            #expect(reached.contains { $0 % 5 == 2 } && reached.allSatisfy { $0 % 5 == 2 || $0 % 5 == 3 })
        }
    }

    @Test func costs() throws {
        let sum = try workload(SpMM.kind, "nodes=100,edges=700,f=32")
        #expect(sum.macs == 0)
        #expect(sum.elementOperations == [ElementOperations("add", 700 * 32)])
        #expect(Costs(sum).inputBytes == 4 * (101 + 700 + 100 * 32))
        #expect(Costs(sum).outputBytes == 4 * 100 * 32)
        #expect(sum.implementations.map { $0.workspace.bytes(threads: 1) } == [32 * 4, 0, 700 * 32 * 4 + 32 * 4])
        let mean = try workload(SpMM.kind, "nodes=100,edges=700,f=32,weighted=true,reduce=mean")
        #expect(mean.macs == 700 * 32)
        #expect(mean.elementOperations == [ElementOperations("divide", 3200)])
        #expect(Costs(mean).inputBytes == 4 * (101 + 700 + 700 + 100 * 32))
        let max = try workload(SpMM.kind, "nodes=100,edges=700,f=32,reduce=max")
        #expect(max.elementOperations == [ElementOperations("compare", 700 * 32)])
    }

    @Test func namesAreWhole() throws {
        let shape = "nodes=100,edges=700,features=32"
        #expect(
            try workload(SpMM.kind, shape).name
                == "spmm[graph=rmat,nodes=100,edges=700,f=32,reduce=sum,weighted=false,seed=1]")
        try withFile(Self.rectangular.utf8) { path in
            let found = try workload(SpMM.kind, "graph=\(path),f=2")
            #expect(found.name == "spmm[graph=\(path),nodes=4,edges=6,f=2,reduce=sum,weighted=false,seed=1]")
            #expect(found.operands.first { $0.name == "x" }?.shape.extents == [3, 2])
            #expect(try workload(SpMM.kind, "graph=\(path),nodes=4,edges=6,f=2").name == found.name)
        }
    }

    @Test func impossibleShapes() throws {
        func message(_ text: String) -> String? {
            #expect(throws: ShapeError.self) { try workload(SpMM.kind, text) }?.message
        }
        #expect(message("f=2") == "the graph 'rmat' needs 'nodes'")
        #expect(message("graph=uniform,nodes=2,f=2") == "the graph 'uniform' needs 'edges'")
        #expect(message("nodes=0,edges=1,f=2")?.hasPrefix("nodes: '0' is not") == true)
        #expect(message("nodes=1,edges=-1,f=2")?.hasPrefix("edges: '-1' is not") == true)
        #expect(message("nodes=1,edges=1,f=0")?.hasPrefix("f: '0' is not") == true)
        #expect(message("nodes=1,edges=1") == "spmm needs 'features'")
        #expect(message("nodes=2147483647,edges=2147483647,f=2147483647")?.contains("larger than any memory") == true)
        #expect(message("graph=none.mtx,f=1")?.contains("'none.mtx'") == true)
        try withFile(Self.rectangular.utf8) { path in
            #expect(message("graph=\(path),nodes=5,f=1") == "nodes: 5, but \(path) has 4")
            #expect(message("graph=\(path),edges=5,f=1") == "edges: 5, but \(path) has 6")
        }
    }
}

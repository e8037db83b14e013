import Kernels
import Tensors
import Testing
import Workloads

/// The basis and the aggregation of SplineConv.
@Suite struct SplineTests {
    private static let graphs = [
        "nodes=1,edges=0", "nodes=1,edges=9", "nodes=97,edges=11", "nodes=64,edges=997",
        "graph=uniform,nodes=300,edges=40,seed=9", "graph=uniform,nodes=3,edges=401",
    ]

    @Test func basesAgree() throws {
        for edges in [0, 1, 7, 1000] {
            for shape in [
                "sizes=2", "sizes=5,degree=3,open=0", "sizes=4,degree=3", "sizes=1,open=0", "sizes=4+5",
                "sizes=4+5,degree=2,open=0+1", "sizes=3+4+3,open=0+0+0", "sizes=5+5+5",
                "sizes=4+2+7,degree=3,open=1+0+1",
            ] {
                try expectAgreement(SplineBasis.kind, "edges=\(edges),\(shape)")
            }
        }
    }

    /// The basis and the index of some coordinates, which every implementation must have.
    private func evaluate(_ shape: String, _ coordinates: [Float]) throws -> (basis: [Float], index: [Int32]) {
        let workload = try workload(SplineBasis.kind, shape)
        let tensors = try Operands(allocating: workload.operands)
        try #require(tensors["e"].count == coordinates.count)
        tensors["e"].fill { coordinates[$0] }
        try workload.reference(tensors)
        func outputs() -> (basis: [Float], index: [Int32]) {
            let index = tensors["index"]
            return (tensors["basis"].elements, (0..<index.count).map { index.ints[$0] })
        }
        let expected = outputs()
        for implementation in workload.implementations {
            try implementation.prepare(tensors, implementation.setting()).run()
            #expect(outputs().index == expected.index)
            for (found, right) in zip(outputs().basis, expected.basis) {
                #expect(abs(found - right) < 1e-6 || found.isNaN && right.isNaN)
            }
        }
        return expected
    }

    @Test func basesByHand() throws {
        // Three pieces of four kernels; at 1 the piece behind the last.
        let open = try evaluate("edges=3,sizes=4", [0, 0.5, 1])
        #expect(open.basis == [1, 0, 0.5, 0.5, 1, 0])
        #expect(open.index == [0, 1, 1, 2, 3, 0])
        let closed = try evaluate("edges=2,sizes=4,open=0", [0.8125, 1])
        #expect(closed.basis == [0.75, 0.25, 1, 0])
        #expect(closed.index == [3, 0, 0, 1])
        // The first dimension runs fastest: in the products, and in the numbers of kernels.
        let plane = try evaluate("edges=1,sizes=5+3", [0.375, 0.625])
        #expect(plane.basis == [0.375, 0.375, 0.125, 0.125])
        #expect(plane.index == [6, 7, 11, 12])
        let quadratic = try evaluate("edges=1,sizes=4,degree=2", [0.25])
        #expect(quadratic.basis == [0.125, 0.75, 0.125])
        #expect(quadratic.index == [0, 1, 2])
        let cubic = try evaluate("edges=1,sizes=5,degree=3", [0])
        for (found, right) in zip(cubic.basis, [1, 4, 1, 0]) { #expect(abs(found - Float(right) / 6) < 1e-6) }
    }

    /// The products of an edge add up to 1 wherever it is.
    @Test func basesArePartitions() throws {
        for degree in 1...3 {
            let coordinates = (0..<64).map { Float($0) / 63 }
            let basis = try evaluate("edges=32,sizes=5+7,degree=\(degree),open=1+0", coordinates).basis
            let active = basis.count / 32
            for edge in 0..<32 {
                #expect(abs(basis[edge * active..<(edge + 1) * active].reduce(0, +) - 1) < 1e-5)
            }
        }
    }

    /// An index that is out of range would read beyond the matrices.
    @Test func noCoordinateLeadsOutOfRange() throws {
        let coordinates: [Float] = [
            .nan, .infinity, -.infinity, -0.5, 1, 1.5, 1e30, -1e30, Float(1).nextUp, Float(1).nextDown,
        ]
        for open in ["0", "1"] {
            let index = try evaluate("edges=10,sizes=7,open=\(open)", coordinates).index
            #expect(index.allSatisfy { (0..<7).contains($0) }, "\(index)")
        }
    }

    @Test(arguments: graphs) func aggregationsAgree(graph: String) throws {
        for (inputs, outputs) in [(1, 1), (5, 3), (16, 16), (7, 33), (64, 64)] {
            for (kernels, active) in [(1, 1), (5, 4), (125, 8), (9, 64)] {
                for reduction in ["mean", "sum"] {
                    try expectAgreement(
                        SplineAggregate.kind,
                        graph + ",fi=\(inputs),fo=\(outputs),kernels=\(kernels),active=\(active),reduce=\(reduction)")
                }
            }
        }
    }

    /// More pairs than are sorted at a time, and a node whose edges are in several blocks of them.
    @Test func manyPairsAgree() throws {
        try expectAgreement(SplineAggregate.kind, "nodes=900,edges=9000,fi=64,fo=20,kernels=27,active=8")
        try withFile(GraphText.hub(edges: 9000) { $0 % 3 > 0 }.utf8) { path in
            try expectAgreement(SplineAggregate.kind, "graph=\(path),fi=40,fo=5,kernels=25,active=4")
            try expectAgreement(SplineAggregate.kind, "graph=\(path),fi=256,fo=16,kernels=2,active=4")
        }
        try withFile(GraphText.rectangular.utf8) { path in
            try expectAgreement(SplineAggregate.kind, "graph=\(path),fi=4,fo=16,kernels=3,active=2")
        }
    }

    @Test func aggregationsByHand() throws {
        try withFile(GraphText.rectangular.utf8) { path in
            let shape = "graph=\(path),fi=1,fo=2,kernels=3,active=2"
            let workload = try workload(SplineAggregate.kind, shape)
            let tensors = try Operands(allocating: workload.operands)
            try workload.fill(tensors, seed: 1)
            let given: [String: [Float]] = [
                "u": [1, 2, 3], "basis": [1, 0, 0.5, 0.5, 1, 1, 1, 0, 0.25, 0.75, 0, 1],
                "weight": [1, 0, 0, 1, 10, 10],
            ]
            for (name, values) in given { tensors[name].fill { values[$0] } }
            for (place, kernel) in [0, 1, 1, 2, 0, 2, 1, 2, 0, 1, 2, 0].enumerated() {
                tensors["index"].ints[place] = Int32(kernel)
            }
            try workload.reference(tensors)
            // 0: (1, 0) and 3 (5, 5.5); 2: 2 (11, 10); 3: (0, 1), (0.25, 0.75) and 3 (1, 0).
            #expect(tensors["y"].elements == [8, 8.25, 0, 0, 22, 20, 3.25 / 3, 1.75 / 3])
        }
    }

    @Test func costs() throws {
        let aggregation = try workload(SplineAggregate.kind, "nodes=100,edges=700,fi=6,fo=5,kernels=8,active=4")
        #expect(aggregation.macs == 700 * 4 * 30)
        #expect(
            aggregation.elementOperations == [
                ElementOperations("multiply", 700 * 24), ElementOperations("divide", 500),
            ])
        // A node has at most one sum for each of eight matrices, however many edges lead to it.
        let executed = try #require(aggregation.implementations[0].executedMACs)
        #expect(executed < 700 * 24 + 100 * 8 * 30 && executed > 700 * 24 + 300 * 30)
        let basis = try workload(SplineBasis.kind, "edges=700,sizes=5+5+5")
        #expect(basis.macs == 0 && Costs(basis).outputBytes == 8 * 700 * 8)
        #expect(basis.name == "spline_basis[edges=700,sizes=5+5+5,degree=1,open=1+1+1]")
    }

    @Test func refusals() {
        expectRefusal(SplineBasis.kind, "edges=5,sizes=2+2+2+2", at: "sizes", "up to 3")
        expectRefusal(SplineBasis.kind, "edges=5,sizes=2+2+2+2,open=1+1+1", at: "sizes", "4 dimensions")
        expectRefusal(SplineBasis.kind, "edges=5,sizes=4+5,open=1", at: "open", "1 of 2", "as in 1+1")
        expectRefusal(SplineBasis.kind, "edges=5,sizes=4+5,open=1+2", at: "open", "open: '1+2'")
        expectRefusal(SplineBasis.kind, "edges=5,sizes=2,degree=2", at: "sizes", "more than 2", "at least 3")
        expectRefusal(SplineBasis.kind, "edges=5,sizes=4,degree=4", at: "degree", "degree: '4'")
        expectRefusal(SplineBasis.kind, "edges=5,sizes=70000+70000", at: "sizes", "32 bits")
        expectRefusal(SplineBasis.kind, "edges=5,sizes=0", at: "sizes", "sizes: '0'")
        expectRefusal(
            SplineAggregate.kind, "nodes=5,edges=9,fi=2147483647,fo=2147483647,kernels=9,active=2", at: nil, "overflows"
        )
        expectRefusal(SplineAggregate.kind, "nodes=5,edges=9,fi=2,fo=2,kernels=9,active=0", at: "active", "active: '0'")
    }
}

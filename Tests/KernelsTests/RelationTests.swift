import Kernels
import Tensors
import Testing
import Workloads

/// The aggregation of R-GCN.
@Suite struct RelationTests {
    private static let graphs = [
        "nodes=1,edges=0", "nodes=1,edges=9", "nodes=97,edges=11", "nodes=64,edges=997",
        "graph=uniform,nodes=300,edges=40,seed=9", "graph=uniform,nodes=3,edges=401",
    ]

    @Test(arguments: graphs, ["mean", "sum"]) func featuresAgree(graph: String, reduction: String) throws {
        for (inputs, outputs) in [(1, 1), (5, 3), (16, 2), (4, 64), (33, 17), (64, 64)] {
            for relations in [1, 3, 46] {
                for bases in [0, 1, 5] {
                    try expectAgreement(
                        RGCNAggregate.kind,
                        graph + ",fi=\(inputs),fo=\(outputs),relations=\(relations),bases=\(bases),reduce=\(reduction)")
                }
            }
        }
        for (inputs, outputs, blocks) in [(1, 1, 1), (6, 4, 2), (32, 32, 4), (12, 33, 3), (64, 16, 16)] {
            try expectAgreement(
                RGCNAggregate.kind,
                graph + ",fi=\(inputs),fo=\(outputs),relations=5,blocks=\(blocks),reduce=\(reduction)")
        }
    }

    @Test(arguments: graphs, ["mean", "sum"]) func rowsAgree(graph: String, reduction: String) throws {
        let nodes = graph.split(separator: ",").first { $0.hasPrefix("nodes=") }?.dropFirst(6) ?? ""
        for outputs in [1, 3, 16, 20, 64] {
            for (relations, bases) in [(1, 0), (7, 0), (1, 1), (46, 30)] {
                try expectAgreement(
                    RGCNAggregate.kind,
                    graph + ",fi=\(nodes),fo=\(outputs),relations=\(relations),bases=\(bases),reduce=\(reduction)"
                        + ",featureless=true")
            }
        }
    }

    /// A node that two thirds of all edges lead to, and rows without edges, with other numbers of sources than of destinations.
    @Test func filesAgree() throws {
        for (text, sources) in [(GraphText.rectangular, 3), (GraphText.hub(edges: 9000) { $0 % 3 > 0 }, 61)] {
            try withFile(text.utf8) { path in
                let shape = "graph=\(path),relations=4"
                try expectAgreement(RGCNAggregate.kind, shape + ",fi=64,fo=5")
                try expectAgreement(RGCNAggregate.kind, shape + ",fi=300,fo=64,bases=2")
                try expectAgreement(RGCNAggregate.kind, shape + ",fi=8,fo=20,blocks=4,reduce=sum")
                try expectAgreement(RGCNAggregate.kind, shape + ",fi=\(sources),fo=5,featureless=true")
                try expectAgreement(RGCNAggregate.kind, shape + ",fi=\(sources),fo=16,bases=3,featureless=true")
            }
        }
    }

    /// Every way of the native implementation is taken by one of these shapes.
    @Test func everyWayIsTaken() throws {
        func summary(_ shape: String) throws -> String {
            try workload(RGCNAggregate.kind, "nodes=64,edges=997,relations=46," + shape).implementations[0].summary
        }
        let summaries = Set(
            try [
                "fi=64,fo=64", "fi=16,fo=2", "fi=64,fo=3,featureless=true", "fi=64,fo=3,bases=2,featureless=true",
            ].map(summary))
        #expect(summaries.count == 4)
        #expect(try summary("fi=6,fo=4,blocks=2") == summary("fi=64,fo=64"))
    }

    /// The edges 0 and 2 lead to node 0; 1 to node 2; 0, 0 and 2 to node 3.
    private func evaluate(_ shape: String, _ types: [Int32], _ given: [String: [Float]]) throws -> [Float] {
        try withFile(GraphText.rectangular.utf8) { path in
            let workload = try workload(RGCNAggregate.kind, "graph=\(path),relations=2,\(shape)")
            let tensors = try Operands(allocating: workload.operands)
            try workload.fill(tensors, seed: 1)
            for (edge, type) in types.enumerated() { tensors["edge_type"].ints[edge] = type }
            for (name, values) in given {
                try #require(tensors[name].count == values.count, "\(name)")
                tensors[name].fill { values[$0] }
            }
            try workload.reference(tensors)
            return tensors["y"].elements
        }
    }

    @Test func byHand() throws {
        let types: [Int32] = [0, 1, 1, 0, 0, 1]
        let x: [String: [Float]] = ["x": [1, 2, 3]]
        // x times 1 over relation 0, times 10 over relation 1.
        let own = x.merging(["weight": [1, 10]]) { $1 }
        #expect(try evaluate("fi=1,fo=1", types, own) == [31, 0, 20, 31])
        #expect(try evaluate("fi=1,fo=1,reduce=sum", types, own) == [31, 0, 20, 32])
        // The same as sums of 3 and 4.
        let bases = x.merging(["weight": [3, 4], "comp": [-1, 1, 2, 1]]) { $1 }
        #expect(try evaluate("fi=1,fo=1,bases=2", types, bases) == [31, 0, 20, 31])
        let blocks: [String: [Float]] = ["x": [1, 1, 2, 2, 3, 3], "weight": [1, 2, 10, 20]]
        #expect(try evaluate("fi=2,fo=2,blocks=2", types, blocks) == [31, 62, 0, 0, 20, 40, 31, 62])
        // Without features: row j of the relation's matrix.
        let rows: [String: [Float]] = ["weight": [1, 2, 3, 10, 20, 30]]
        #expect(try evaluate("fi=3,fo=1,featureless=true", types, rows) == [31, 0, 20, 31])
        #expect(try evaluate("fi=3,fo=1,featureless=true,reduce=sum", types, rows) == [31, 0, 20, 32])
        let sums: [String: [Float]] = ["weight": [1, 2, 3, 0, 0, 1], "comp": [1, 0, 10, 1]]
        #expect(try evaluate("fi=3,fo=1,bases=2,featureless=true", types, sums) == [32, 0, 20, 32])
    }

    /// The counts of PyTorch Geometric on a graph of MUTAG's size, layer by layer.
    @Test func costs() throws {
        func costs(_ shape: String) throws -> Costs {
            Costs(try workload(RGCNAggregate.kind, "nodes=23644,edges=148454,relations=46,bases=30," + shape))
        }
        let first = try costs("fi=23644,fo=16,featureless=true")
        #expect(first.macs == 522_059_520 + 2_375_264)
        let second = try costs("fi=16,fo=2")
        #expect(second.macs == 4_750_528 + 44_160 + 296_908)
        #expect(try costs("fi=16,fo=2,reduce=sum").macs == 4_750_528 + 44_160)
        // Without a root and a bias.
        #expect(first.parameters == 11_728_820 - 23_644 * 16 - 16)
        #expect(second.parameters == 2_374 - 32 - 2)
        let blocks = Costs(
            try workload(RGCNAggregate.kind, "nodes=9,edges=70,fi=8,fo=4,relations=3,blocks=2,reduce=sum"))
        #expect(blocks.macs == 70 * 16 && blocks.parameters == 3 * 16)
        #expect(blocks.elementOperations == [ElementOperations("add", 280)])
        // Rows of the matrices are made for the pairs that occur only.
        let lazy = try workload(
            RGCNAggregate.kind,
            "nodes=23644,edges=148454,fi=23644,fo=16,relations=46,bases=30,featureless=true"
        ).implementations[0]
        let executed = try #require(lazy.executedMACs)
        #expect(executed < 80_000_000 && executed > 20_000_000)
    }

    @Test func refusals() {
        let graph = "nodes=5,edges=9,relations=3"
        expectRefusal(RGCNAggregate.kind, graph + ",fi=4,fo=4,bases=2,blocks=2", at: "blocks", "not both")
        expectRefusal(RGCNAggregate.kind, graph + ",fi=4,fo=6,blocks=4", at: "blocks", "4 does not divide 4 and 6")
        expectRefusal(RGCNAggregate.kind, graph + ",fi=4,fo=6,featureless=true", at: "fi", "5 sources", "write 5")
        expectRefusal(RGCNAggregate.kind, graph + ",fi=5,fo=5,blocks=5,featureless=true", at: "blocks", "whole rows")
        expectRefusal(
            RGCNAggregate.kind, "nodes=70000,edges=9,fi=70000,fo=2,relations=70000,featureless=true", at: "relations",
            "32 bits")
        expectRefusal(RGCNAggregate.kind, graph + ",fi=4,fo=6,reduce=max", at: "reduce", "mean, sum")
        expectRefusal(RGCNAggregate.kind, graph + ",fi=2147483647,fo=2147483647,bases=9", at: nil, "overflows")
    }
}

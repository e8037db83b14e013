import Foundation
import Kernels
import Tensors
import Testing
import Workloads

/// Kernels that make one graph of another, and what a graph source can say of its graph.
@Suite struct GraphStructureTests {
    private static let graphs = [
        "nodes=1,edges=0", "nodes=1,edges=9", "nodes=97,edges=11", "nodes=64,edges=997",
        "graph=uniform,nodes=300,edges=40,seed=9", "graph=uniform,nodes=3,edges=501", "nodes=64,edges=997,graphs=5",
        "nodes=64,edges=997,loops=single", "nodes=64,edges=997,loops=dropped", "nodes=64,edges=997,order=rcm",
    ]

    @Test(arguments: graphs) func kernelsAgree(graph: String) throws {
        for kind in [GCNNorm.kind, Laplacian.kind, AddSelfLoops.kind] {
            try expectAgreement(kind, graph)
        }
        try expectAgreement(GCNNorm.kind, graph + ",weighted=true")
        try expectAgreement(GCNNorm.kind, graph + ",weighted=true,improved=true")
        try expectAgreement(GCNNorm.kind, graph + ",add_loops=false")
        try expectAgreement(GCNNorm.kind, graph + ",add_loops=false,weighted=true")
        try expectAgreement(Laplacian.kind, graph + ",weighted=true,norm=rw,lambda=1.75")
        try expectAgreement(Laplacian.kind, graph + ",norm=none")
        try expectAgreement(AddSelfLoops.kind, graph + ",a=3")
        if !graph.contains("single") { try expectAgreement(AddSelfLoops.kind, graph + ",a=1,more=true") }
        try expectAgreement(GATScores.kind, graph + ",h=8")
        try expectAgreement(GATScores.kind, graph + ",h=3,e=true,slope=0.5")
        try expectAgreement(GATScores.kind, graph + ",h=1,slope=0")
        for features in [1, 17] { try expectAgreement(LSTMAggregate.kind, graph + ",f=\(features)") }
        for message in ["copy_u", "copy_e", "u_add_e,e=1", "u_mul_e,e=3", "u_div_e", "u_sub_e,e=33"] {
            try expectAgreement(EdgeMessages.kind, graph + ",f=33,message=" + message)
        }
    }

    /// A node's own row, the bias and relu, with rows in registers, narrow rows, and rows that threads share.
    @Test(arguments: graphs) func updatesAgree(graph: String) throws {
        for features in [1, 16, 33, 130] {
            for message in ["copy_u", "u_mul_e,e=1", "copy_e"] {
                for update in [
                    "bias=true", "own=true,act=relu", "factor=0.9,own=true,own_factor=0.1",
                    "own=true,eps=true,bias=true",
                ] {
                    try expectAgreement(GSpMM.kind, graph + ",f=\(features),message=\(message),\(update)")
                }
            }
        }
        try expectAgreement(GSpMM.kind, graph + ",f=20,reduce=mean,bias=true,act=relu")
        try expectAgreement(GSpMM.kind, graph + ",f=20,reduce=min,own=true,bias=true")
        for (heads, width) in [(1, 16), (8, 8), (3, 5)] {
            try expectAgreement(GraphAttention.kind, graph + ",h=\(heads),d=\(width),bias=true,act=relu")
        }
    }

    @Test(arguments: [(1, 1), (5, 34), (40, 7), (3, 3)]) func membersAgree(graphs: Int, nodes: Int) throws {
        try expectAgreement(GraphMembers.kind, "graphs=\(graphs),nodes=\(nodes)")
    }

    @Test func membersOfGraphsWithoutNodes() throws {
        let workload = try workload(GraphMembers.kind, "graphs=5,nodes=4")
        let tensors = try Operands(allocating: workload.operands)
        for (node, graph) in [1, 1, 3, 3].enumerated() { tensors["batch"].ints[node] = Int32(graph) }
        for implementation in workload.allImplementations {
            for output in ["pointers", "indices"] { tensors[output].spoil() }
            try implementation.prepare(tensors, implementation.setting()).run()
            #expect((0..<6).map { tensors["pointers"].ints[$0] } == [0, 0, 2, 2, 4, 4])
            #expect((0..<4).map { tensors["indices"].ints[$0] } == [0, 1, 2, 3])
        }
    }

    /// Node 0 receives from 1 and from itself twice, node 1 from 0, node 2 nothing.
    private static let small = """
        %%MatrixMarket matrix coordinate real general
        3 3 4
        1 2 4
        1 1 2
        1 1 3
        2 1 1
        """

    @Test func normsByHand() throws {
        func norm(_ kind: Kind, _ more: String) throws -> [Float] {
            try withFile(Self.small.utf8) { path in
                let workload = try workload(kind, "graph=\(path)\(more)")
                let tensors = try Operands(allocating: workload.operands)
                try workload.fill(tensors, seed: 1)
                try workload.reference(tensors)
                let output = try #require(workload.operands.last { $0.role == .output })
                return tensors[output.name].elements
            }
        }
        // Degrees 2, 2 and 1 with one loop each.
        #expect(try norm(GCNNorm.kind, "") == [0.5, 0.5, 0.5, 0.5, 1])
        // The last loop of node 0 weighs 3: degrees 7, 2 and 1.
        let root = Float(14).squareRoot()
        let weighted = try norm(GCNNorm.kind, ",weighted=true")
        for (found, expected) in zip(weighted, [4 / root, 3 / 7, 1 / root, 0.5, 1] as [Float]) {
            #expect(abs(found - expected) < 1e-6)
        }
        // A and the transposed A of two nodes have degrees of 1: weights -1 and a diagonal of 0.
        #expect(try norm(Laplacian.kind, "") == [-1, 0, -1, 0, 0])
    }

    @Test func loopsHaveTheMeanOfOtherEdges() throws {
        try withFile(Self.small.utf8) { path in
            let workload = try workload(AddSelfLoops.kind, "graph=\(path),a=2")
            let tensors = try Operands(allocating: workload.operands)
            try workload.fill(tensors, seed: 1)
            // Edges of node 0: two loops, then that from node 1; then that of node 1.
            tensors["edge_attr"].fill { Float($0) }
            try workload.reference(tensors)
            #expect((0..<4).map { tensors["new_pointers"].ints[$0] } == [0, 2, 4, 5])
            #expect((0..<5).map { tensors["new_indices"].ints[$0] } == [1, 0, 0, 1, 2])
            #expect(tensors["new_attr"].elements == [4, 5, 4, 5, 6, 7, 6, 7, 0, 0])
        }
    }

    private func source(_ text: String) throws -> GraphSource {
        try GraphSource(try workload(GATScores.kind, text).arguments)
    }

    /// A named graph has the data set's size, no self-loops, and edges in both directions unless it is directed.
    @Test(arguments: ["cora", "citeseer", "aifb"]) func namedGraphs(name: String) throws {
        let named = try #require(NamedGraph.named(name))
        let source = try source("graph=\(name)")
        let graph = try source.build()
        #expect((graph.rows, source.edges) == (named.nodes, named.edges))
        var pairs: [[Int32]: Int] = [:]
        for row in 0..<graph.rows {
            for edge in Int(graph.pointers[row])..<Int(graph.pointers[row + 1]) {
                #expect(Int(graph.indices[edge]) != row)
                if !named.isDirected { pairs[[graph.indices[edge], Int32(row)], default: 0] += 1 }
            }
        }
        #expect(pairs.allSatisfy { pairs[[$0.key[1], $0.key[0]]] == $0.value })
        #expect(try self.source("graph=\(name),loops=single").edges == named.edges + named.nodes)
    }

    @Test func loopsAreCounted() throws {
        let kept = try source("nodes=20,edges=300")
        let list = RMAT.edges(nodes: 20, edges: 300, seed: 1)
        let loops = zip(list.sources, list.destinations).count { $0 == $1 }
        #expect(loops > 0 && kept.edges == 300)
        for (word, edges) in [("dropped", 300 - loops), ("single", 320 - loops), ("more", 320)] {
            let changed = try source("nodes=20,edges=300,loops=\(word)")
            let graph = try changed.build()
            #expect(changed.edges == edges && graph.indices.count == edges)
        }
    }

    /// A batch has no edges between its graphs, and all nodes and edges.
    @Test(arguments: ["rmat", "uniform"]) func batchesAreBlockDiagonal(model: String) throws {
        let graph = try source("graph=\(model),nodes=50,edges=333,graphs=7").build()
        #expect(graph.indices.count == 333)
        for row in 0..<50 {
            let block = (0..<7).last { $0 * 50 / 7 <= row }
            for edge in Int(graph.pointers[row])..<Int(graph.pointers[row + 1]) {
                #expect((0..<7).last { $0 * 50 / 7 <= Int(graph.indices[edge]) } == block)
            }
        }
    }

    /// Another order is the same graph with other numbers: it keeps the degrees. Reverse Cuthill-McKee brings neighbours together.
    @Test(arguments: ["degree", "rcm"]) func ordersRenumberNodes(order: String) throws {
        func degrees(_ graph: CSR) -> [Int32] { zip(graph.pointers.dropFirst(), graph.pointers).map { $0 - $1 } }
        func reach(_ graph: CSR) -> Int {
            (0..<graph.rows).reduce(0) { sum, row in
                (Int(graph.pointers[row])..<Int(graph.pointers[row + 1])).reduce(sum) {
                    $0 + abs(Int(graph.indices[$1]) - row)
                }
            }
        }
        let given = try source("graph=uniform,nodes=200,edges=300").build()
        let ordered = try source("graph=uniform,nodes=200,edges=300,order=\(order)").build()
        #expect(degrees(given).sorted() == degrees(ordered).sorted())
        #expect(given != ordered)
        if order == "rcm" { #expect(reach(ordered) < reach(given) / 2) }
        if order == "degree" {
            let (sum, half) = (degrees(ordered).reduce(0, +), degrees(ordered).prefix(100).reduce(0, +))
            #expect(Double(half) > 0.6 * Double(sum))
        }
    }

    @Test func regularGraphsAndMembers() throws {
        let regular = try source("graph=regular,nodes=10,edges=40,sources=3").build()
        #expect(regular.pointers == (0...10).map { 4 * $0 })
        #expect(regular.columns == 3 && regular.indices.allSatisfy { (0..<3).contains($0) })
        let members = try source("graph=members,nodes=3,edges=7").build()
        #expect((members.rows, members.columns, members.indices) == (3, 7, [0, 1, 2, 3, 4, 5, 6]))
    }

    @Test func refusals() throws {
        func refuses(_ text: String, at parameter: String, _ words: String...) {
            expectRefusal(GATScores.kind, text, at: parameter, words[0])
        }
        refuses("graph=cora,nodes=5", at: "nodes", "cora has 2708")
        expectRefusal(
            GCNNorm.kind, "nodes=2147483000,edges=2147483000", at: "edges", "are not counted")
        refuses("graph=cora,graphs=2", at: "graphs", "cannot have them")
        refuses("graph=uniform,nodes=5,edges=9,sources=3,loops=single", at: "loops", "no self-loops")
        refuses("graph=uniform,nodes=5,edges=9,sources=3,order=rcm", at: "order", "no order of its nodes")
        refuses("graph=regular,nodes=5,edges=9", at: "edges", "evenly")
        refuses("nodes=5,edges=9,sources=3", at: "sources", "cannot have them")
        refuses("nodes=5,edges=9,graphs=6", at: "graphs", "6 graphs of 5 nodes")
        refuses("nodes=5", at: "graph", "needs 'edges'")
        expectRefusal(
            GCNNorm.kind, "graph=uniform,nodes=5,edges=9,sources=3,add_loops=false", at: "graph", "no degrees")
        expectRefusal(GCNNorm.kind, "graph=uniform,nodes=5,edges=9,sources=3", at: "loops", "no self-loops")
        expectRefusal(AddSelfLoops.kind, "nodes=5,edges=9,loops=single,more=true", at: "loops", "another one")
    }
}

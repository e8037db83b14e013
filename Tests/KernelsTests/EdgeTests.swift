import Foundation
import Kernels
import Tensors
import Testing
import Workloads

/// The kernels that give every edge a value.
@Suite struct EdgeTests {
    private static let graphs = [
        "nodes=1,edges=0", "nodes=5,edges=0", "nodes=1,edges=1", "nodes=1,edges=9", "nodes=97,edges=11",
        "nodes=64,edges=997", "graph=uniform,nodes=31,edges=211", "graph=uniform,nodes=300,edges=40,seed=9",
        "graph=uniform,nodes=3,edges=4001", "nodes=2000,edges=20000,seed=0",
    ]

    @Test(arguments: graphs, [1, 2, 3, 4, 5, 8, 15, 16, 17, 31, 64, 65, 131]) func productsAndSumsAgree(
        graph: String, features: Int
    ) throws {
        try expectAgreement(SDDMM.kind, graph + ",f=\(features)")
        try expectAgreement(SDDMM.kind, graph + ",f=\(features),op=add")
    }

    @Test(arguments: graphs, [1, 2, 3, 4, 7, 8, 12, 16, 17, 24, 32]) func softmaxesAgree(graph: String, heads: Int)
        throws
    {
        try expectAgreement(EdgeSoftmax.kind, graph + ",h=\(heads)")
        try expectAgreement(EdgeSoftmax.kind, graph + ",h=\(heads),by=source")
    }

    @Test func filesAgree() throws {
        let empty = "%%MatrixMarket matrix coordinate pattern general\n4 9 0\n"
        for text in [GraphText.rectangular, empty] {
            try withFile(text.utf8) { path in
                for size in [1, 3, 8, 20] {
                    try expectAgreement(SDDMM.kind, "graph=\(path),f=\(size)")
                    try expectAgreement(SDDMM.kind, "graph=\(path),f=\(size),op=add")
                    try expectAgreement(EdgeSoftmax.kind, "graph=\(path),h=\(size)")
                    try expectAgreement(EdgeSoftmax.kind, "graph=\(path),h=\(size),by=source")
                }
            }
        }
    }

    /// Two thirds of all edges lead to one node: its row is longer than a block of rows.
    @Test(arguments: [1, 3, 4, 16]) func hubs(size: Int) throws {
        let text = GraphText.hub(edges: 9000) { $0 % 3 > 0 }
        try withFile(text.utf8) { path in
            try expectAgreement(SDDMM.kind, "graph=\(path),f=\(size)")
            try expectAgreement(SDDMM.kind, "graph=\(path),f=\(size),op=add")
            try expectAgreement(EdgeSoftmax.kind, "graph=\(path),h=\(size)")
        }
    }

    @Test func referencesByHand() throws {
        try withFile(GraphText.rectangular.utf8) { path in
            let (u, v): ([Float], [Float]) = ([1, 10, 2, 20, 3, -6], [1, 0, 5, 5, 0, 1, 2, 0.5])
            let dots = try reference(SDDMM.kind, "graph=\(path),f=2", ["u": u, "v": v])
            #expect(dots == [1, 3, 20, 7, 7, 3])
            let sums = try reference(SDDMM.kind, "graph=\(path),f=2,op=add", ["u": u, "v": v])
            #expect(sums == [2, 10, 4, -6, 2, 21, 3, 10.5, 3, 10.5, 5, -5.5])
            let three = Float(log(3.0))
            let weights = try reference(
                EdgeSoftmax.kind, "graph=\(path),h=2", ["x": [0, 0, three, 0, -7, 90, 5, 1, 5, 1, 5, -.infinity]])
            let expected: [Float] = [0.25, 0.5, 0.75, 0.5, 1, 1, 1 / 3, 0.5, 1 / 3, 0.5, 1 / 3, 0]
            for (found, expected) in zip(weights, expected) { #expect(abs(found - expected) < 1e-6) }
        }
    }

    @Test func costs() throws {
        let dot = Costs(try workload(SDDMM.kind, "nodes=100,edges=700,f=32"))
        #expect(dot.macs == 700 * 32)
        #expect(dot.elementOperations.isEmpty)
        #expect(dot.inputBytes == 4 * (101 + 700 + 2 * 100 * 32))
        #expect(dot.outputBytes == 4 * 700)
        let sum = Costs(try workload(SDDMM.kind, "nodes=100,edges=700,f=8,op=add"))
        #expect(sum.macs == 0)
        #expect(sum.elementOperations == [ElementOperations("add", 5600)])
        #expect(sum.outputBytes == 4 * 5600)
        let softmax = try workload(EdgeSoftmax.self, "nodes=100,edges=700,heads=8")
        #expect(softmax.macs == 0)
        #expect(softmax.elementOperations.contains(ElementOperations("exp", 5600)))
        #expect(Costs(softmax).inputBytes == 4 * (101 + 5600))
    }

    @Test func namesAreWhole() throws {
        try withFile(GraphText.rectangular.utf8) { path in
            let products = try workload(SDDMM.kind, "graph=\(path),f=2")
            #expect(products.name == "sddmm[graph=\(path),nodes=4,edges=6,f=2,op=dot,seed=1]")
            let softmax = try workload(EdgeSoftmax.self, "graph=\(path)")
            #expect(softmax.name == "edge_softmax[graph=\(path),nodes=4,edges=6,h=1,seed=1]")
        }
    }

    @Test func impossibleShapes() {
        expectRefusal(SDDMM.kind, "f=2", at: "graph", "needs 'nodes'")
        expectRefusal(SDDMM.kind, "nodes=2,edges=3,f=0", at: "f", "f: '0'")
        expectRefusal(SDDMM.kind, "nodes=2,edges=3,f=2,op=mul", at: "op", "dot, add")
        expectRefusal(EdgeSoftmax.kind, "nodes=2,edges=-3", at: "edges", "edges: '-3'")
        expectRefusal(EdgeSoftmax.kind, "nodes=2,edges=2147483647,h=2147483647", at: nil, "overflows")
    }
}

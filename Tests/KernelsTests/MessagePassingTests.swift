import Foundation
import Kernels
import Tensors
import Testing
import Workloads

/// Every message with every reduction, and every operation on the rows of an edge.
@Suite struct MessagePassingTests {
    private static let messages = ["copy_u", "copy_e", "u_add_e", "u_sub_e", "u_mul_e", "u_div_e"]
    private static let reductions = ["sum", "mean", "max", "min"]
    private static let operations =
        ["dot", "add", "sub", "mul", "div"].flatMap { word in
            ["u", "v", "e"].flatMap { left in
                ["u", "v", "e"].filter { $0 != left }.map { "\(left)_\(word)_\($0)" }
            }
        } + ["copy_u", "copy_v", "copy_e"]

    private static let graphs = [
        "nodes=1,edges=0", "nodes=1,edges=9", "nodes=97,edges=11", "nodes=64,edges=997",
        "graph=uniform,nodes=300,edges=40,seed=9", "graph=uniform,nodes=3,edges=4001",
    ]

    @Test(arguments: messages, reductions) func aggregationsAgree(message: String, reduction: String) throws {
        for graph in Self.graphs {
            for features in [1, 4, 6, 16, 24, 33, 48, 64, 130] {
                let widths = message == "copy_u" ? [0] : message == "copy_e" ? [features] : [1, 2, 8, features]
                for width in Set(widths) where width == 0 || features % width == 0 {
                    try expectAgreement(
                        GSpMM.kind, graph + ",f=\(features),message=\(message),reduce=\(reduction),e=\(width)")
                }
            }
        }
    }

    /// With indices of 64 bits: the same answers, from operands that are larger.
    @Test func wideIndicesAgree() throws {
        for graph in Self.graphs {
            try expectAgreement(SpMM.kind, graph + ",f=17,index=i64")
            try expectAgreement(SDDMM.kind, graph + ",f=17,index=i64")
            try expectAgreement(GSpMM.kind, graph + ",f=32,message=u_mul_e,e=4,index=i64")
            try expectAgreement(GSDDMM.kind, graph + ",f=32,op=u_dot_v,h=4,index=i64")
            try expectAgreement(EdgeSoftmax.kind, graph + ",h=3,index=i64")
            try expectAgreement(EdgeSoftmax.kind, graph + ",h=3,by=source,index=i64")
            try expectAgreement(GraphAttention.kind, graph + ",h=2,d=8,index=i64")
        }
        let (narrow, wide) = (
            try workload(SpMM.kind, "nodes=64,edges=997,f=17"),
            try workload(SpMM.kind, "nodes=64,edges=997,f=17,index=i64")
        )
        #expect(wide.name.contains("index=i64") && !narrow.name.contains("index"))
        let (bytes, more) = (
            narrow.operands.reduce(0) { $0 + $1.bytes }, wide.operands.reduce(0) { $0 + $1.bytes }
        )
        #expect(more == bytes + 4 * (65 + 997))
        let native = try #require(wide.implementations.first { $0.name == "native" })
        let plain = try #require(narrow.implementations.first { $0.name == "native" })
        #expect(native.workspace.bytes(threads: 1) == plain.workspace.bytes(threads: 1) + 4 * (65 + 997))
    }

    @Test(arguments: operations) func operationsAgree(operation: String) throws {
        for graph in Self.graphs {
            for features in [1, 2, 3, 4, 8, 15, 16, 17, 31, 64, 131] {
                try expectAgreement(GSDDMM.kind, graph + ",f=\(features),op=\(operation)")
            }
            if operation.contains("dot") {
                for (features, heads) in [(8, 8), (12, 3), (64, 8), (99, 3)] {
                    try expectAgreement(GSDDMM.kind, graph + ",f=\(features),op=\(operation),h=\(heads)")
                }
            }
        }
    }

    @Test(arguments: graphs) func attentionsAgree(graph: String) throws {
        for (heads, width) in [(1, 1), (1, 16), (8, 8), (8, 16), (3, 5), (4, 4), (16, 3), (2, 40), (8, 33), (1, 136)] {
            try expectAgreement(GraphAttention.kind, graph + ",h=\(heads),d=\(width)")
        }
        try expectAgreement(GraphAttention.kind, graph + ",h=4,d=8,slope=0")
    }

    /// A node with more scores than a block holds, between others.
    @Test func attentionOfAHub() throws {
        let text = GraphText.hub(edges: 9000) { $0 % 3 > 0 }
        try withFile(text.utf8) { path in
            for (heads, width) in [(8, 8), (3, 5), (1, 20)] {
                try expectAgreement(GraphAttention.kind, "graph=\(path),h=\(heads),d=\(width)")
            }
        }
    }

    @Test func attentionByHand() throws {
        try withFile(GraphText.rectangular.utf8) { path in
            let three = Float(log(3.0))
            let y = try reference(
                GraphAttention.kind, "graph=\(path),h=1,d=2,slope=0.5",
                ["u": [three, 5, 0], "v": [0, 0, 0, -three], "x": [4, 8, 2, 20, 0, -8]])
            // Row 3: two edges with a score of 0 and one of -log 3 / 2.
            let less = 1 / Float(3.0.squareRoot())
            let expected: [Float] = [3, 4, 0, 0, 2, 20, 8 / (2 + less), (16 - 8 * less) / (2 + less)]
            for (found, expected) in zip(y, expected) { #expect(abs(found - expected) < 1e-5) }
        }
    }

    @Test(
        arguments: [
            ("u_sub_e", "sum", 1, [1, 1, 0, 0, -1, 17, -10, -1]),
            ("u_mul_e", "min", 2, [1, -24, 0, 0, 10, 120, 7, -72]),
            ("copy_e", "mean", 2, [2, 3, 0, 0, 5, 6, 9, 10]),
            ("u_add_e", "max", 1, [5, 11, 0, 0, 5, 23, 9, 15]),
        ] as [(String, String, Int, [Float])])
    func aggregationsByHand(message: String, reduction: String, width: Int, expected: [Float]) throws {
        let u: [Float] = [1, 10, 2, 20, 3, -6]
        let e: [Float] = width == 1 ? [1, 2, 3, 4, 5, 6] : (1...12).map(Float.init)
        try withFile(GraphText.rectangular.utf8) { path in
            let given = message == "copy_e" ? ["e": e] : ["u": u, "e": e]
            let y = try reference(
                GSpMM.kind, "graph=\(path),f=2,message=\(message),reduce=\(reduction),e=\(width)", given)
            #expect(y == expected)
        }
    }

    @Test func operationsByHand() throws {
        let (u, v): ([Float], [Float]) = ([1, 10, 2, 20, 3, -6], [1, 0, 5, 5, 0, 1, 2, 0.5])
        let e: [Float] = (1...12).map(Float.init)
        try withFile(GraphText.rectangular.utf8) { path in
            let differences = try reference(GSDDMM.kind, "graph=\(path),f=2,op=v_sub_u", ["u": u, "v": v])
            #expect(differences == [0, -10, -2, 6, -2, -19, 1, -9.5, 1, -9.5, -1, 6.5])
            let dots = try reference(GSDDMM.kind, "graph=\(path),f=2,op=e_dot_v,h=2", ["e": e, "v": v])
            #expect(dots == [1, 0, 3, 0, 0, 6, 14, 4, 18, 5, 22, 6])
            let copies = try reference(GSDDMM.kind, "graph=\(path),f=2,op=copy_v", ["v": v])
            #expect(copies == [1, 0, 1, 0, 0, 1, 2, 0.5, 2, 0.5, 2, 0.5])
        }
    }

    /// A product per feature of an edge is a MAC; what is added, subtracted, divided or compared is an element operation.
    @Test func costs() throws {
        func costs(_ kind: Kind, _ text: String) throws -> Costs {
            Costs(try workload(kind, "nodes=100,edges=700,f=32," + text))
        }
        let product = try costs(GSpMM.kind, "message=u_mul_e,e=1")
        #expect(product.macs == 700 * 32)
        #expect(product.elementOperations.isEmpty)
        let mean = try costs(GSpMM.kind, "message=u_div_e,reduce=mean,e=1")
        #expect(mean.macs == 0)
        #expect(
            mean.elementOperations == [
                ElementOperations("add", 700 * 32), ElementOperations("divide", 700 * 32 + 100 * 32),
            ])
        let largest = try costs(GSpMM.kind, "message=u_add_e,reduce=max")
        #expect(
            largest.elementOperations == [ElementOperations("add", 700 * 32), ElementOperations("compare", 700 * 32)])
        #expect(try costs(GSDDMM.kind, "op=e_dot_u").macs == 700 * 32)
        #expect(
            try costs(GSDDMM.kind, "op=u_sub_v").elementOperations == [ElementOperations("subtract", 700 * 32)])
    }

    @Test func refusals() {
        let graph = "nodes=5,edges=9,f=6"
        expectRefusal(GSpMM.kind, graph + ",message=copy_u,e=1", at: "e", "reads nothing of an edge")
        expectRefusal(GSpMM.kind, graph + ",message=copy_e,e=2", at: "e", "all 6 features")
        expectRefusal(GSpMM.kind, graph + ",message=u_mul_e,e=4", at: "e", "does not divide", "write 1")
        expectRefusal(GSpMM.kind, graph + ",message=u_mul_e,e=0", at: "e", "does not divide")
        expectRefusal(GSpMM.kind, graph + ",message=u_pow_e", at: "message", "u_pow_e")
        expectRefusal(GSDDMM.kind, graph + ",op=u_dot_u", at: "op", "u_dot_u")
        expectRefusal(GSDDMM.kind, graph + ",op=u_dot_v,h=4", at: "h", "does not divide")
        expectRefusal(GSDDMM.kind, graph + ",op=u_add_v,h=2", at: "h", "only a dot product")
    }
}

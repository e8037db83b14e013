import Foundation
import Kernels
import Tensors
import Testing
import Workloads

/// What layers put together from products per edge: the scores of GATv2, the messages of NNConv, the Gaussians and the mixture of GMMConv.
@Suite struct EdgeProductTests {
    private static let graphs = [
        "nodes=1,edges=0", "nodes=1,edges=9", "nodes=97,edges=11", "nodes=64,edges=997",
        "graph=uniform,nodes=300,edges=40,seed=9", "graph=uniform,nodes=3,edges=401",
    ]

    @Test(arguments: graphs) func scoresAgree(graph: String) throws {
        for (heads, width) in [(1, 1), (1, 16), (8, 8), (3, 5), (4, 4), (5, 3), (2, 40), (8, 33), (1, 131)] {
            for more in ["", ",e=true", ",slope=0", ",slope=1,e=true"] {
                try expectAgreement(GATv2Scores.kind, graph + ",h=\(heads),d=\(width)\(more)")
            }
        }
    }

    @Test(arguments: graphs) func productsAgree(graph: String) throws {
        for (inputs, outputs) in [(1, 1), (1, 16), (5, 3), (16, 1), (7, 32), (33, 17), (3, 131), (64, 64)] {
            try expectAgreement(EdgeMatMul.kind, graph + ",fi=\(inputs),fo=\(outputs)")
        }
    }

    @Test func gaussiansAgree() throws {
        for edges in [0, 1, 2, 7, 16, 97, 1000] {
            for (dim, kernels) in [(1, 1), (1, 9), (2, 5), (3, 25), (2, 64), (7, 13), (16, 2)] {
                try expectAgreement(GaussianMixture.kind, "edges=\(edges),d=\(dim),k=\(kernels)")
            }
        }
    }

    @Test(arguments: graphs) func mixturesAgree(graph: String) throws {
        for (features, kernels) in [(1, 1), (1, 8), (5, 3), (16, 1), (32, 25), (17, 4), (131, 2), (64, 7)] {
            for reduction in ["sum", "mean"] {
                try expectAgreement(
                    MixtureAggregate.kind, graph + ",f=\(features),k=\(kernels),reduce=\(reduction)")
            }
        }
    }

    /// A node that two thirds of all edges lead to, and rows without edges, with other numbers of sources than of destinations.
    @Test func filesAgree() throws {
        for text in [GraphText.rectangular, GraphText.hub(edges: 3000) { $0 % 3 > 0 }] {
            try withFile(text.utf8) { path in
                try expectAgreement(GATv2Scores.kind, "graph=\(path),h=2,d=6,e=true")
                try expectAgreement(EdgeMatMul.kind, "graph=\(path),fi=5,fo=16")
                try expectAgreement(MixtureAggregate.kind, "graph=\(path),f=16,k=3,reduce=mean")
                try expectAgreement(MixtureAggregate.kind, "graph=\(path),f=5,k=3")
            }
        }
    }

    @Test func scoresByHand() throws {
        try withFile(GraphText.rectangular.utf8) { path in
            let given: [String: [Float]] = [
                "u": [1, -2, 2, 0, -3, 4], "v": [0, 1, 9, 9, -4, 2, 1, 1], "weight": [1, 10],
            ]
            // 0 -> 0: (1, -1); 2 -> 0: (-3, 5); 1 -> 2: (-2, 2); 0 -> 3 twice: (2, -1); 2 -> 3: (-2, 5).
            let y = try reference(GATv2Scores.kind, "graph=\(path),h=1,d=2,slope=0.5", given)
            #expect(y == [-4, 48.5, 19, -3, -3, 49])
            let heads = try reference(GATv2Scores.kind, "graph=\(path),h=2,d=1,slope=0.5", given)
            #expect(heads == [1, -5, -1.5, 50, -1, 20, 2, -5, 2, -5, -1, 50])
            let e: [Float] = [0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0]
            let more = try reference(
                GATv2Scores.kind, "graph=\(path),h=1,d=2,slope=0.5,e=true", given.merging(["e": e]) { $1 })
            #expect(more == [1, 48.5, 19.5, -3, -3, 50])
        }
    }

    @Test func productsByHand() throws {
        try withFile(GraphText.rectangular.utf8) { path in
            let w: [Float] = [1, 2, 3, 4, 0, 0, 1, 1, 1, 0, 0, 1, 2, 0, 0, 2, 0, 1, 1, 0, 5, 6, 7, 8]
            let y = try reference(
                EdgeMatMul.kind, "graph=\(path),fi=2,fo=2", ["u": [1, 10, 2, 20, 3, -6], "w": w])
            #expect(y == [31, 42, -6, -6, 2, 20, 2, 20, 10, 1, -27, -30])
        }
    }

    @Test func gaussiansByHand() throws {
        let root = Float(2.0.squareRoot())
        let y = try reference(
            GaussianMixture.kind, "edges=2,d=2,k=2",
            ["e": [0, 0, 1, 3], "mu": [0, 0, 1, 1], "sigma": [1, 1, root, 2]])
        // Halves of 0, 1 / 2 + 1 / 4, 1 + 9, 4 / 4.
        for (found, exponent) in zip(y, [0, -0.375, -5, -0.5]) { #expect(abs(Double(found) - exp(exponent)) < 1e-6) }
        let narrow = try reference(
            GaussianMixture.kind, "edges=1,d=1,k=2", ["e": [2], "mu": [2, 3], "sigma": [0, 0]])
        #expect(narrow == [1, 0])
    }

    @Test func mixturesByHand() throws {
        try withFile(GraphText.rectangular.utf8) { path in
            // Two rows of each source, of one feature.
            let given: [String: [Float]] = [
                "u": [1, 10, 2, 20, 3, -6], "c": [1, 0, 0, 1, 1, 1, 2, 0, 0, 1, 1, -1],
            ]
            let sums = try reference(MixtureAggregate.kind, "graph=\(path),f=1,k=2", given)
            #expect(sums == [-5, 0, 22, 21])
            let means = try reference(MixtureAggregate.kind, "graph=\(path),f=1,k=2,reduce=mean", given)
            #expect(means == [-2.5, 0, 22, 7])
        }
    }

    @Test func costs() throws {
        let graph = "nodes=100,edges=700"
        let scores = Costs(try workload(GATv2Scores.kind, graph + ",h=4,d=8,e=true"))
        #expect(scores.macs == 700 * 32)
        #expect(scores.elementOperations.contains(ElementOperations("add", 2 * 700 * 32)))
        #expect(scores.weightBytes == 4 * 32 && scores.outputBytes == 4 * 700 * 4)
        let products = Costs(try workload(EdgeMatMul.kind, graph + ",fi=6,fo=5"))
        #expect(products.macs == 700 * 30 && products.elementOperations.isEmpty)
        #expect(products.inputBytes == 4 * (101 + 700 + 100 * 6 + 700 * 30))
        let gaussians = Costs(try workload(GaussianMixture.kind, "edges=700,d=3,k=25"))
        #expect(gaussians.macs == 0)
        #expect(gaussians.elementOperations.contains(ElementOperations("exp", 700 * 25)))
        let mean = Costs(try workload(MixtureAggregate.kind, graph + ",f=8,k=3,reduce=mean"))
        #expect(mean.macs == 700 * 24)
        #expect(mean.elementOperations == [ElementOperations("divide", 800)])
    }

    @Test func refusals() {
        expectRefusal(GATv2Scores.kind, "nodes=5,edges=9,h=2147483647,d=2147483647", at: nil, "overflows")
        expectRefusal(GATv2Scores.kind, "nodes=5,edges=9,d=4,slope=2", at: "slope", "slope: '2'")
        expectRefusal(EdgeMatMul.kind, "nodes=5,edges=2147483647,fi=2147483647,fo=2", at: nil, "overflows")
        expectRefusal(EdgeMatMul.kind, "fi=2,fo=2", at: "graph", "needs 'nodes'")
        expectRefusal(GaussianMixture.kind, "edges=-1,d=2,k=2", at: "edges", "edges: '-1'")
        expectRefusal(GaussianMixture.kind, "edges=1,d=0,k=2", at: "d", "d: '0'")
        expectRefusal(MixtureAggregate.kind, "nodes=5,edges=9,f=2,k=2,reduce=max", at: "reduce", "sum, mean")
        expectRefusal(MixtureAggregate.kind, "nodes=5,edges=2147483647,f=2147483647,k=9", at: nil, "overflows")
    }
}

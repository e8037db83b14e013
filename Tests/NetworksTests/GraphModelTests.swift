import Foundation
import Networks
import Tensors
import Testing
import Workloads

/// Operators of graph networks and networks of them.
@Suite struct GraphModelTests {
    /// Parameters and MACs of the networks of PyTorch Geometric's benchmarks, on the sizes of their data sets: dense, of scores, and of
    /// weighted sums.
    @Test(
        arguments: [
            ("gcn", "graph=cora", 23_063, 62_392_320 + 305_072),
            ("gcn", "graph=citeseer", 59_366, 197_437_488 + 273_482),
            ("gcn", "graph=pubmed", 8_067, 158_682_416 + 2_058_935),
            ("gcn", "graph=arxiv,num_layers=3,hidden=256", 109_096, 18_381_166_592 + 737_243_472),
            ("gat", "graph=cora", 92_373, 249_569_280 + 384_536 + 941_744),
            ("gat", "graph=citeseer", 237_586, 789_749_952 + 465_780 + 870_170),
            ("gat", "graph=pubmed", 32_393, 634_729_664 + 2_642_078 + 7_260_455),
            ("cheb", "graph=cora", 69_143, 187_176_960 + 38_439_072),
            ("cheb", "graph=citeseer", 178_054, 592_312_464 + 92_461_778),
            ("sgc", "graph=cora", 10_038, 27_163_948 + 38_014_624),
            ("sgc", "graph=pubmed", 1_503, 29_575_500 + 108_365_000),
            ("appnp", "graph=cora", 92_231, 249_569_280 + 928_480),
            ("appnp", "graph=pubmed", 32_259, 634_729_664 + 3_250_950),
            ("arma", "graph=cora", 92_816, 249_569_280 + 485_576),
            ("arma", "graph=pubmed", 32_760, 634_729_664 + 3_368_624),
            ("sage", "graph=arxiv", 217_640, 36_762_333_184),
            (
                "rgcn", "graph=mutag", 11_731_194,
                522_059_520 + 44_160 + 4_750_528 + 2_375_264 + 296_908 + 756_608
            ),
        ])
    func counts(name: String, options: String, parameters: Int, macs: Int) throws {
        let costs = Costs(try model(name, options))
        #expect(costs.parameters == parameters)
        #expect(costs.macs == macs)
    }

    /// Parameters of single operators, from PyTorch Geometric.
    @Test(
        arguments: [
            ("gcn_conv", "ci=1433,co=16", 22_944), ("sg_conv", "ci=1433,co=7", 10_038),
            ("cheb_conv", "ci=1433,co=16,hops=3", 68_800),
            ("arma_conv", "ci=1433,co=16,stacks=2,num_layers=1,shared=true", 92_256),
            ("arma_conv", "ci=1433,co=16,stacks=3,num_layers=2", 207_216),
            ("arma_conv", "ci=1433,co=16,stacks=3,num_layers=2,shared=true", 138_384),
            ("sage_conv", "ci=1433,co=16", 45_872), ("sage_conv", "ci=1433,co=16,project=true", 2_100_794),
            ("sage_conv", "ci=10,co=16,aggregator=lstm", 1216),
            ("gat_conv", "ci=1433,co=8,heads=8", 91_904), ("gat_conv", "ci=64,co=7,heads=8,concat=false", 3_703),
            ("agnn_conv", "ci=16", 1), ("appnp_conv", "ci=16", 0), ("edge_conv", "ci=3,widths=64+64+64", 8_768),
            ("gin_conv", "ci=7,co=64,hidden=64", 4_673), ("nn_conv", "ci=64,co=128,a=3", 221_412),
            ("gmm_conv", "ci=64,co=128,a=3,k=25", 213_270), ("spline_conv", "ci=64,co=64,sizes=5+5+5", 516_160),
            ("rgcn_conv", "features=1433,co=16,relations=46", 1_077_632),
            ("rgcn_conv", "features=1433,co=16,relations=46,bases=30", 712_164),
            ("rgcn_conv", "features=1440,co=16,relations=46,num_blocks=8", 155_536),
            ("graph_conv", "ci=64,co=64", 8_256),
        ])
    func parameters(name: String, options: String, expected: Int) throws {
        #expect(Costs(try model(name, "nodes=34,edges=156," + options)).parameters == expected)
    }

    private static let operators = [
        "agnn_conv,ci=5", "appnp_conv,ci=5,hops=3", "appnp_conv,ci=5,weighted=true",
        "arma_conv,ci=5,co=4,stacks=2,num_layers=3",
        "arma_conv,ci=5,co=4,stacks=3,num_layers=2,shared=true", "cheb_conv,ci=5,co=4,hops=1",
        "cheb_conv,ci=7,co=4,hops=4",
        "edge_conv,ci=5,widths=7+4,aggr=mean", "gat_conv,ci=5,co=4,heads=3", "gat_conv,ci=5,co=4,heads=3,a=2",
        "gat_conv,ci=5,co=4,heads=3,concat=false,residual=true", "gat_conv,ci=5,co=4,heads=1,add_loops=false",
        "gated_graph_conv,ci=5,co=7", "gcn_conv,ci=5,co=4", "gcn_conv,ci=40,co=4,weighted=true,improved=true",
        "gcn_conv,ci=5,co=4,cached=true", "gin_conv,ci=5,co=4,hidden=7", "gin_conv,ci=50,co=4,mlp_layers=3",
        "gine_conv,ci=5,co=4,a=3",
        "graph_conv,ci=20,co=4,weighted=true", "graph_conv,ci=5,co=4,aggr=max",
        "pointnet_conv,features=5,local=7+4,global=7", "pointnet_conv,features=0,local=7",
        "sage_conv,ci=5,co=14", "sage_conv,ci=50,co=4",
        "sage_conv,ci=5,co=4,aggregator=max,normalize=true,project=true",
        "sage_conv,ci=5,co=4,aggregator=gcn", "sage_conv,ci=5,co=4,aggregator=lstm",
        "sage_conv,ci=5,co=4,aggregator=pool",
        "sg_conv,ci=50,co=4,hops=3",
        "gatv2_conv,ci=5,co=4,heads=3,a=2", "gatv2_conv,ci=5,co=4,heads=3,share_weights=true,concat=false",
        "gmm_conv,ci=5,co=4,a=2,k=3", "gmm_conv,ci=5,co=4,a=2,k=3,separate=true",
        "mpnn_set2set,ci=5,co=4,a=3,hidden=6,molecules=1", "nn_conv,ci=5,co=4,a=3,hidden=6,aggr=mean",
        "rgcn_conv,features=5,co=4,relations=4", "rgcn_conv,features=0,co=4,relations=4,bases=2",
        "rgcn_conv,features=6,co=4,relations=4,num_blocks=2,aggr=sum", "spline_conv,ci=5,co=4,sizes=4+3,degree=2",
        "transformer_conv,ci=5,co=4,heads=3", "transformer_conv,ci=5,co=4,heads=3,a=2,beta=true,concat=false",
    ]

    /// Networks on clouds of points: parameters of PyTorch Geometric's benchmark, MACs of one cloud of 1024 points.
    @Test(
        arguments: [
            ("pointnet2", 263_370), ("dgcnn", 406_090), ("pointcnn", 525_786), ("mpnn", 435_446),
            ("splinecnn", 1_657_994),
        ])
    func pointNetworks(name: String, parameters: Int) throws {
        let costs = Costs(try model(name, "points=1024"))
        #expect(costs.parameters == parameters)
        if name == "dgcnn" {
            #expect(costs.macs == 175_636_480 + 1_342_177_280 + 134_217_728 + 199_168 + 70_254_592)
        }
    }

    @Test(
        arguments: [
            ("x_conv", "features=48,co=96,d=3,k=12,hidden=64", 26_912),
            ("x_conv", "features=0,co=48,d=3,k=8,hidden=32", 8_144),
            ("x_conv", "features=192,co=384,k=16,hidden=256", 270_656),
            ("dynamic_edge_conv", "ci=3,k=5,widths=64+64+64", 8_768),
            ("set_abstraction", "ci=64,widths=128+128", 25_216),
        ])
    func pointOperators(name: String, options: String, parameters: Int) throws {
        #expect(Costs(try model(name, "points=40," + options)).parameters == parameters)
    }

    /// Those that compute features of edges.
    private static let edgeOperators = [
        "edge_conv", "gat_conv,ci=5,co=4,heads=3,a=2", "gatv2_conv,ci=5,co=4,heads=3,a=2", "gine_conv", "gmm_conv",
        "mpnn_set2set",
        "nn_conv", "pointnet_conv", "rgcn_conv", "spline_conv", "transformer_conv",
    ]

    private static let graphs = [
        "nodes=1,edges=0", "nodes=1,edges=3", "nodes=30,edges=4", "nodes=40,edges=400",
        "nodes=40,edges=400,order=degree",
    ]

    /// Every implementation, with all passes, without those for graphs, and with two threads.
    @Test(arguments: operators) func operatorsAgree(text: String) throws {
        let name = String(text.prefix { $0 != "," })
        let needsEdges = Self.edgeOperators.contains { text.hasPrefix($0) }
        for graph in Self.graphs where !(needsEdges && graph.contains("edges=0")) {
            let options = graph + text.dropFirst(name.count)
            try expectAgreement(name, options, threads: [1, 2])
            try expectAgreement(name, options + ",without=aggregate-late+fuse-messages")
        }
    }

    @Test(arguments: ["gcn", "sage", "gat", "cheb", "sgc", "appnp", "arma", "agnn"])
    func networksAgree(name: String)
        throws
    {
        try expectAgreement(name, "nodes=40,edges=400,ci=30,classes=5", threads: [1, 2])
    }

    /// What the passes leave of an operator.
    @Test(
        arguments: [
            ("gcn_conv", "ci=5,co=9", ["norm", "lin", "aggregate"]),
            ("gcn_conv", "ci=5,co=9,without=fuse-messages", ["norm", "lin", "message", "aggregate", "bias"]),
            ("gat_conv", "ci=5,co=4,heads=3", ["self_loops", "lin", "source_scores", "target_scores", "aggregate"]),
            ("sage_conv", "ci=5,co=9", ["aggregate", "lin_l", "lin_r"]),
            ("sage_conv", "ci=9,co=5", ["lin_l", "lin_r", "aggregate"]),
            ("sage_conv", "ci=9,co=5,without=aggregate-late", ["aggregate", "lin_l", "lin_r"]),
            ("gin_conv", "ci=9,co=5", ["nn.0", "aggregate", "nn.2"]),
            ("sg_conv", "ci=9,co=5,hops=2", ["norm", "lin", "aggregate", "aggregate"]),
        ] as [(String, String, [String])])
    func passes(name: String, options: String, expected: [String]) throws {
        let network = try #require(try model(name, "nodes=34,edges=156," + options) as? Network)
        #expect(Set(try network.optimized.layers.map(\.name)) == Set(expected))
        #expect(try network.optimized.layers.count == expected.count)
    }

    /// What depends on the graph alone runs once if the model keeps it, and is not counted.
    @Test func cachedLayersRunOnce() throws {
        func operations(_ cached: Bool) throws -> Int {
            let model = try model("gcn_conv", "nodes=34,edges=156,ci=5,co=9,cached=\(cached)")
            return model.elementOperations.first { $0.kind == "rsqrt" }?.count ?? 0
        }
        #expect(try operations(false) == 34)
        #expect(try operations(true) == 0)
    }

    @Test func refusals() {
        func refusal(_ name: String, _ options: String) -> ShapeError? {
            do {
                _ = try model(name, options)
                return nil
            } catch {
                return error as? ShapeError
            }
        }
        #expect(refusal("gcn", "graph=uniform,nodes=5,edges=9,sources=3")?.message.contains("cannot be shared") == true)
        #expect(refusal("gcn", "nodes=5")?.message.contains("needs 'edges'") == true)
        #expect(refusal("edge_conv", "nodes=5,edges=0,ci=3,widths=4")?.message.contains("has no edges") == true)
        #expect(refusal("nn_conv", "nodes=5,edges=9,ci=3,co=4,a=0")?.parameter == "attributes")
        #expect(refusal("rgcn_conv", "nodes=5,edges=9,features=3,co=4,aggr=max")?.parameter == "aggr")
        #expect(refusal("gated_graph_conv", "nodes=5,edges=9,ci=7,co=5")?.message.contains("more than the 5") == true)
    }
}

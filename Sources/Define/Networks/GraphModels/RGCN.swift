import Kernels
import Workloads

/// Two layers of relational graph convolution without features of nodes (Schlichtkrull et al., 2018), with the hyper-parameters of
/// PyTorch Geometric's runtime benchmark: 16 features inside, 30 bases.
enum RGCN {
    static let members = [
        Kind.graphModel(
            .graphModel(
                "rgcn", "two relational graph convolutions over nodes without features",
                [
                    NodeClassifiers.size("classes", or: 4, \.classes, "outputs of the classifier"),
                    .count("hidden", default: 16, "features inside"),
                ]
                    + RGCNConv.parameters.map { parameter in
                        parameter.key == "bases"
                            ? Parameter(
                                parameter.key, parameter.kind, .value(.int(30)), parameter.summary) : parameter
                    }, example: "nodes=34,edges=156,relations=4,bases=3")
        ) { (net, arguments) throws(ShapeError) in
            let graph = try net.squareGraph(arguments)
            let types = try net.edgeTypes(arguments, on: graph)
            let hidden = try net.scope("conv1") { () throws(ShapeError) in
                try net.rgcnConv(nil, on: graph, types: types, arguments.int("hidden"), arguments)
            }
            let y = try net.scope("conv2") { () throws(ShapeError) in
                try net.rgcnConv(try net.relu(hidden), on: graph, types: types, arguments.int("classes"), arguments)
            }
            try net.output("y", y, layout: "NC")
        }
    ]
}

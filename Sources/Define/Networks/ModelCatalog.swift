import Workloads

/// Every model, by name: one line per family.
package enum ModelCatalog {
    private static let families = [
        ConvNeXt.members,
        DeepLabV3.members,
        DenseNet.members,
        EfficientNet.members,
        GIN.members,
        MobileNetV1.members,
        MobileNetV2.members,
        MobileNetV3.members,
        NodeClassifiers.members,
        PointClassifiers.members,
        RepVGG.members,
        ResNet.members,
        RetinaNet.members,
        RGCN.members,
        ShuffleNetV2.members,
        VGG.members,
        VisionTransformer.members,
    ]

    /// Operators of graph networks, each a model of its own.
    private static let operators = [
        AGNNConv.members,
        APPNP.members,
        ARMAConv.members,
        ChebConv.members,
        DynamicEdgeConv.members,
        EdgeConv.members,
        GATConv.members,
        GatedGraphConv.members,
        GATv2Conv.members,
        GCNConv.members,
        GINConv.members,
        GlobalPool.members,
        GMMConv.members,
        GraphConv.members,
        MPNN.members,
        NNConv.members,
        PointNetConv.members,
        RGCNConv.members,
        SAGEConv.members,
        SetAbstraction.members,
        SGConv.members,
        SplineConv.members,
        TransformerConv.members,
        XConv.members,
    ]

    package static let models = (families + operators).joined().sorted { $0.name < $1.name }

    /// What all of them have in common: a schema without a name.
    package static let common = Schema.model("", "")
}

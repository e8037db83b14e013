/// The size of a data set that graph networks are measured on. The graph itself is a random one of that size, without self-loops; if
/// the data set's graph is undirected, every edge is there in both directions.
package struct NamedGraph: Sendable, Hashable {
    package let name: String
    package let nodes: Int
    /// Directed edges: an undirected one counts twice.
    package let edges: Int
    package let isDirected: Bool
    /// Features of a node; 0 if they have none.
    package let features: Int
    package let classes: Int
    /// Kinds of edges.
    package let relations: Int

    private init(
        _ name: String, nodes: Int, edges: Int, isDirected: Bool = false, features: Int = 0, classes: Int,
        relations: Int = 1
    ) {
        self.name = name
        self.nodes = nodes
        self.edges = edges
        self.isDirected = isDirected
        self.features = features
        self.classes = classes
        self.relations = relations
    }

    /// Citations: Yang et al., 2016 (Planetoid); ogbn-arxiv: Hu et al., 2020; Reddit: Hamilton et al., 2017; AIFB and MUTAG, with
    /// inverse relations: Schlichtkrull et al., 2018.
    package static let all = [
        NamedGraph("cora", nodes: 2708, edges: 10556, features: 1433, classes: 7),
        NamedGraph("citeseer", nodes: 3327, edges: 9104, features: 3703, classes: 6),
        NamedGraph("pubmed", nodes: 19717, edges: 88648, features: 500, classes: 3),
        NamedGraph("arxiv", nodes: 169_343, edges: 1_166_243, isDirected: true, features: 128, classes: 40),
        NamedGraph("reddit", nodes: 232_965, edges: 114_615_892, features: 602, classes: 41),
        NamedGraph("aifb", nodes: 8285, edges: 58086, classes: 4, relations: 90),
        NamedGraph("mutag", nodes: 23644, edges: 148_454, classes: 2, relations: 46),
    ]

    package static func named(_ name: String) -> NamedGraph? { all.first { $0.name == name } }
}

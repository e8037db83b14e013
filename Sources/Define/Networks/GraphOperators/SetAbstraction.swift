import Workloads

/// The set abstraction of PointNet++ (Qi et al., 2017): farthest points, the balls around them, and the maximum over each ball of an MLP
/// of features and relative positions.
enum SetAbstraction {
    static let members = [
        Kind.pointModel(
            "set_abstraction", "farthest points, balls around them, and the maximum of an MLP over each ball",
            [
                .count("ci", as: "in", "features of a point"),
                .count("d", as: "dim", default: 3, "coordinates of a point"),
                Parameter("ratio", .real(1e-6...1), .value(.real(0.5)), "share of the points that is kept"),
                Parameter("r", as: "radius", .real(0...1e18), .value(.real(0.2)), "radius of a ball"),
                .count("most", default: 64, "points of a ball, at most"),
                Parameter("widths", .counts, .required, "features behind each linear layer"),
            ], example: "points=24+19,ci=5,ratio=0.4,r=0.75,most=24,widths=7+4"
        ) { (net, arguments, clouds) throws(ShapeError) in
            let ratio = arguments.real("ratio")
            let positions = try net.positions(clouds, dimensions: arguments.int("d"))
            let x = try net.input("x", [clouds.total, arguments.int("ci")], layout: "NC")
            let index = try net.farthest(positions, clouds, ratio: ratio)
            let ball = try net.ball(
                positions, clouds, radius: arguments.real("r"), most: arguments.int("most"),
                samples: ratio < 1 ? (index, ratio) : nil)
            let centres = try net.rows(positions, index)
            let y = try net.pointNetMaximum(x, positions, centres, on: ball, arguments.counts("widths"))
            try net.output("index", index, layout: "S")
            try net.output("y", y, layout: "SC")
        }
    ]
}

import Workloads

/// How many points farthest point sampling keeps of each cloud.
struct FarthestSamples: Sendable, Hashable {
    /// Of each cloud, at least 1.
    let counts: [Int]
    /// Of all clouds.
    let total: Int

    /// ceil(ratio n) of a cloud of n points; the product is rounded to `Float`, as PyTorch Geometric does.
    init(of clouds: PointClouds, ratio: Double) {
        counts = clouds.all.map { cloud in
            let share = Int((Float(ratio) * Float(cloud.count)).rounded(.up))
            return ratio < 1 ? max(1, min(cloud.count, share)) : cloud.count
        }
        total = counts.reduce(0, +)
    }

    static func parameter(default ratio: Double, _ summary: String) -> Parameter {
        Parameter("ratio", .real(0.000001...1), .value(.real(ratio)), summary)
    }
}

import Networks
import Suites
import Workloads

/// A step of a case that is timed by itself: a layer of a network, or a kernel that is no network as a whole.
struct ProfiledLayer {
    /// As the public model calls it, with a number where several bear one name.
    let label: String
    /// See `Layer.variety`.
    let variety: String
    let workload: any Workload
    let implementation: Implementation

    /// The steps in the order in which they run.
    static func all(of item: Case) throws(ShapeError) -> [ProfiledLayer] {
        let name = item.implementation.name
        // The reference of a network is one piece: it runs the graph as it was written.
        guard let network = item.workload as? Network, name != "reference" else {
            return [
                ProfiledLayer(
                    label: item.workloadName, variety: item.workloadName, workload: item.workload,
                    implementation: item.implementation)
            ]
        }
        let plan = try network.plan(preferring: name)
        var uses: [String: Int] = [:]
        return zip(plan.graph.layers, plan.implementations).map { layer, implementation in
            uses[layer.name, default: 0] += 1
            let number = uses[layer.name, default: 1]
            return ProfiledLayer(
                label: number > 1 ? "\(layer.name) (\(number))" : layer.name, variety: layer.variety,
                workload: layer.workload, implementation: implementation)
        }
    }
}

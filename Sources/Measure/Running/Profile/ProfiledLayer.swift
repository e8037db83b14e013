import Networks
import Results
import Settings
import Workers
import Workloads

/// A separately timed step of a prepared case: a layer of a network, or a whole kernel.
struct ProfiledLayer {
    /// The layer's name in the public model, with a number if several layers share it.
    let label: String
    /// See `Layer.variety`.
    let variety: String
    let workload: any Workload
    let implementation: Implementation
    /// The setting of the whole case, with the layer's own implementation.
    let setting: Setting
    let step: any Prepared

    /// The steps in execution order. A network's reference is a single step: it runs the graph as it was written.
    static func all(of ready: ReadyCase) -> [ProfiledLayer] {
        func layer(
            _ label: String, _ variety: String, _ workload: any Workload, by implementation: Implementation,
            _ step: any Prepared
        ) -> ProfiledLayer {
            var setting = ready.item.setting
            setting.implementation = implementation.name
            return ProfiledLayer(
                label: label, variety: variety, workload: workload, implementation: implementation, setting: setting,
                step: step)
        }
        guard let network = ready.prepared as? PreparedNetwork else {
            let item = ready.item
            return [layer(item.workloadName, item.workloadName, item.workload, by: item.implementation, ready.prepared)]
        }
        var uses: [String: Int] = [:]
        let layers = zip(network.plan.graph.layers, zip(network.plan.implementations, network.layers))
        return layers.filter { !$0.0.runsOnce }.map { own, run in
            uses[own.name, default: 0] += 1
            let number = uses[own.name, default: 1]
            let label = number > 1 ? "\(own.name) (\(number))" : own.name
            return layer(label, own.variety, own.workload, by: run.0, run.1)
        }
    }

    /// The layer's description and samples, as a worker reports them.
    func timed(_ samples: Samples) -> TimedLayer {
        var parameters = workload.words
        parameters[Record.varietyWord] = variety
        parameters[Record.shapeWord] = workload.brief
        return TimedLayer(
            label: label, name: workload.schema.name, parameters: parameters, setting: setting,
            costs: CountedCosts(Costs(workload), of: workload, by: implementation), samples: samples)
    }
}

import Synchronization
import Workloads

/// The plans of one network. Each is made only once, when it is first needed.
final class NetworkPlans: Sendable {
    /// What all implementations have in common.
    struct Optimized: Sendable {
        let graph: Graph
        let passes: [String]
        let memory: MemoryPlan
    }

    private struct Made: Sendable {
        var optimized: Optimized?
        var plans: [String: NetworkPlan] = [:]
    }

    private let written: Graph
    private let arguments: Arguments
    private let made = Mutex(Made())

    init(_ written: Graph, _ arguments: Arguments) {
        self.written = written
        self.arguments = arguments
    }

    var optimized: Optimized {
        get throws(ShapeError) { try made.withLock { (made) throws(ShapeError) in try optimize(&made) } }
    }

    /// The plan with one implementation for every layer that has it.
    func plan(preferring implementation: String) throws(ShapeError) -> NetworkPlan {
        try made.withLock { (made) throws(ShapeError) in
            if let known = made.plans[implementation] { return known }
            let optimized = try optimize(&made)
            let plan = try NetworkPlan(
                optimized.graph, written: written, preferring: implementation,
                choices: LayerChoices(arguments).resolved(on: optimized.graph), passes: optimized.passes,
                memory: optimized.memory)
            made.plans[implementation] = plan
            return plan
        }
    }

    private func optimize(_ made: inout Made) throws(ShapeError) -> Optimized {
        if let known = made.optimized { return known }
        // A training step is written for the graph that its passes have made.
        let passes = Passes.chosen(by: arguments)
        let graph = try arguments.isTraining ? written : passes.rewritten(written)
        let optimized = Optimized(graph: graph, passes: passes.map(\.name), memory: MemoryPlan(graph))
        made.optimized = optimized
        return optimized
    }
}

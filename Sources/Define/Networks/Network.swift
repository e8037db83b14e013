import Tensors
import Workloads

/// A whole network as a workload: a graph whose layers are kernels.
package struct Network: Workload {
    package let kind: Kind
    package let arguments: Arguments
    /// The graph as the model's code wrote it: operations are counted on it, and the reference computes it.
    package let graph: Graph
    private let plans: NetworkPlans
    private let fillers: [@Sendable (Operands, UInt64) throws -> Void]
    package let macs: Int
    package let elementOperations: [ElementOperations]

    /// - Parameter build: writes its layers from the input to the outputs.
    package init(
        _ schema: Schema, _ arguments: Arguments,
        build: @escaping @Sendable (GraphBuilder, Arguments) throws(ShapeError) -> Void
    ) throws(ShapeError) {
        kind = .model(schema, build: build)
        self.arguments = arguments
        var net = GraphBuilder()
        try build(net, arguments)
        if arguments.isTraining { net = try TrainingStep(arguments).written(for: net) }
        graph = net.graph
        fillers = net.fillers
        plans = NetworkPlans(graph, arguments)
        macs = try product(graph.layers.reduce(0) { $0 + $1.workload.macs })
        elementOperations = graph.layers.filter { !$0.runsOnce }.flatMap(\.workload.elementOperations).merged
        // If nothing is chosen for single layers, there is nothing to check, and the passes can wait.
        if !arguments.words("layers").isEmpty { _ = try LayerChoices(arguments).resolved(on: try optimized) }
    }

    package var operands: [Operand] { graph.operands + graph.outputs.map(\.operand) }

    package func fill(_ tensors: Operands, seed: UInt64) throws {
        fillByName(tensors, seed: seed)
        for fill in fillers { try fill(tensors, seed) }
    }

    /// The length of the longest sum in any layer.
    package var reductionLength: Int { graph.layers.map(\.workload.reductionLength).max() ?? 1 }

    package var implementations: [Implementation] {
        [
            ("native", "our own kernels, fused and planned"),
            ("openblas", "the same plan, with OpenBLAS wherever it can serve"),
        ].map { name, summary in Implementation(name, summary, threading: .any) { planned(name, summary) } }
    }

    private func planned(_ name: String, _ summary: String) -> Implementation {
        do {
            let plan = try plan(preferring: name)
            return Implementation(
                name, summary, threading: .any, workspace: Workspace(of: plan.implementations),
                activationBytes: plan.memory.bytes, errorGrowth: plan.errorGrowth,
                executedMACs: plan.executedMACs
            ) { tensors, setting, _ in try plan.prepare(tensors, setting) }
        } catch {
            return Implementation(name, summary, unsupported: error.message) { _, _, _ in PreparedCall {} }
        }
    }

    /// The graph after the passes that are not left out.
    package var optimized: Graph { get throws(ShapeError) { try plans.optimized.graph } }

    /// Bytes of outputs, states before and after, feature maps that are alive at once, and the needs of one layer.
    package var referenceBytes: Int {
        let states = graph.states.values.reduce(0) { $0 + graph.features[$1.first].bytes }
        let outputs = graph.outputs.reduce(0) { $0 + $1.operand.bytes } + 2 * states
        return outputs + MemoryPlan(graph).lowerBound + (graph.layers.map(\.workload.referenceBytes).max() ?? 0)
    }

    /// Runs layer by layer, as written, with the references of the kernels.
    package func reference(_ tensors: Operands) throws {
        try ReferenceRun(graph).run(tensors)
    }

    /// How to run the network with one implementation for every layer that has it.
    package func plan(preferring implementation: String) throws(ShapeError) -> NetworkPlan {
        try plans.plan(preferring: implementation)
    }
}

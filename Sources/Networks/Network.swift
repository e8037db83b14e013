import Tensors
import Workloads

/// A whole network as something to measure: a graph whose layers are kernels.
package struct Network: Workload {
    package let kind: Kind
    package let arguments: Arguments
    /// As the model's code wrote it: what is counted, and what the reference computes.
    package let graph: Graph
    package let macs: Int
    package let elementOperations: [ElementOperations]

    /// - Parameter build: writes its layers from the input to the outputs.
    package init(
        _ schema: Schema, _ arguments: Arguments,
        build: @escaping @Sendable (GraphBuilder, Arguments) throws(ShapeError) -> Void
    ) throws(ShapeError) {
        kind = .model(schema, build: build)
        self.arguments = arguments
        let net = GraphBuilder()
        try build(net, arguments)
        graph = net.graph
        var macs = 0
        var operations: [(kind: String, count: Int)] = []
        for layer in graph.layers {
            macs += layer.workload.macs
            for more in layer.workload.elementOperations {
                if let index = operations.firstIndex(where: { $0.kind == more.kind }) {
                    operations[index].count += more.count
                } else {
                    operations.append((more.kind, more.count))
                }
            }
        }
        self.macs = try product(macs)
        elementOperations = operations.map { ElementOperations($0.kind, $0.count) }
        // Where nothing is asked of single layers there is nothing to check, and the passes can wait.
        if !arguments.words("layers").isEmpty { _ = try LayerChoices(arguments).resolved(on: try optimized) }
    }

    package var operands: [Operand] { graph.operands + graph.outputs.map(\.operand) }

    /// That of the longest sum of a layer.
    package var reductionLength: Int { graph.layers.map(\.workload.reductionLength).max() ?? 1 }

    package var implementations: [Implementation] {
        [
            implementation("native", "our own kernels, fused and planned"),
            implementation("openblas", "the same plan, with OpenBLAS wherever it can serve"),
        ]
    }

    private func implementation(_ name: String, _ summary: String) -> Implementation {
        do {
            let plan = try plan(preferring: name)
            return Implementation(
                name, summary, threading: .any, workspaceBytes: plan.workspaceBytes(threads: 0),
                workspaceBytesPerThread: plan.workspaceBytes(threads: 1) - plan.workspaceBytes(threads: 0),
                activationBytes: plan.memory.bytes, packedBytes: plan.packedBytes, errorGrowth: plan.errorGrowth,
                executedMACs: plan.executedMACs
            ) { tensors, setting in try plan.prepare(tensors, setting) }
        } catch {
            return Implementation(name, summary, unsupported: error.message) { _, _ in PreparedCall {} }
        }
    }

    /// The graph after the passes that are not left out.
    package var optimized: Graph {
        get throws(ShapeError) {
            var graph = graph
            let without = arguments.words("without")
            for pass in Passes.all where !without.contains(pass.name) { try pass.apply(&graph) }
            return graph
        }
    }

    /// The outputs, the feature maps that are alive at once, and what one layer needs for itself.
    package var referenceBytes: Int {
        let outputs = graph.outputs.reduce(0) { $0 + $1.operand.bytes }
        return outputs + MemoryPlan(graph).lowerBound + (graph.layers.map(\.workload.referenceBytes).max() ?? 0)
    }

    /// Layer by layer, as written, by the references of the kernels.
    package func reference(_ tensors: Operands) throws {
        try ReferenceRun(graph).run(tensors)
    }

    /// How the network is run with one implementation wherever a layer has it.
    package func plan(preferring implementation: String) throws(ShapeError) -> NetworkPlan {
        let optimized = try optimized
        return try NetworkPlan(
            optimized, written: graph, preferring: implementation,
            choices: try LayerChoices(arguments).resolved(on: optimized))
    }
}

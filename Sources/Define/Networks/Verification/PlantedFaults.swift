import Kernels
import Mutants
import Tensors
import Workloads

/// Faults of whole networks that `make mutants` plants: see `Mutant`. Without `-D MUTANTS` they do nothing.
enum PlantedFaults {
    /// The workload that is computed for a layer. What it must compute stays the same.
    static func layer(_ layer: Layer) throws(ShapeError) -> any Workload {
        if planted(.networkGelu), layer.workload is MatMul, layer.workload.arguments.word("act") == "gelu" {
            return try layer.workload.with(["act": .word("gelu_tanh")])
        }
        if planted(.networkEpsilon), layer.workload is LayerNorm {
            return try layer.workload.with(["eps": .real(layer.workload.arguments.real("eps") * 10)])
        }
        return layer.workload
    }

    /// Gives a map the place of another that is alive at the same time.
    static func misplace(_ offsets: inout [Int?], _ graph: Graph, _ lives: Lifetimes) {
        guard planted(.networkPlace) else { return }
        let placed = offsets.indices.filter { offsets[$0] != nil }
        for (other, map) in zip(placed, placed.dropFirst())
        where offsets[other] != offsets[map] && lives[other].last > lives[map].first
            && graph.features[map].bytes <= graph.features[other].bytes
        {
            offsets[map] = offsets[other]
            return
        }
    }

    /// A prepared layer; the one in the middle of a network has the planted fault.
    static func layer(
        _ prepared: any Prepared, _ index: Int, of graph: Graph, output: Tensor?
    ) -> any Prepared {
        guard index == graph.layers.count / 2, let y = output?.floats, let count = output?.count else {
            return prepared
        }
        let channels = graph.layers[index].workload.operands.first { $0.role == .output }?.shape.extents.last ?? 1
        func after(_ fault: @escaping () -> Void) -> any Prepared {
            PreparedCall {
                prepared.run()
                fault()
            }
        }
        if planted(.zeroResNet) || planted(.zeroMobileNet) || planted(.zeroConvNeXt) || planted(.zeroDenseNet) {
            return after { if let place = (count / 2..<count).first(where: { y[$0] != 0 }) { y[place] = 0 } }
        }
        if planted(.channelConvNeXt) || planted(.channelDenseNet) {
            return after { for place in stride(from: channels - 1, to: count, by: channels) { y[place] *= 1.01 } }
        }
        if planted(.relativeConvNeXt) { return after { for place in 0..<count { y[place] *= 1.001 } } }
        if planted(.networkUnwritten) {
            return PreparedCall {
                let before = y[count - 1]
                prepared.run()
                y[count - 1] = before
            }
        }
        if planted(.networkLater) {
            var calls = 0
            return after {
                calls += 1
                if calls > 3 { for place in 0..<count { y[place] += 1 } }
            }
        }
        return prepared
    }
}

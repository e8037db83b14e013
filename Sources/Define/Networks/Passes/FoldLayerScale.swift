import Kernels
import Mutants
import Tensors
import Workloads

extension Pass {
    /// A learned channel scale after a convolution or a linear layer becomes part of its weights and bias:
    /// W' = gamma W, b' = gamma b.
    static let foldLayerScale = Pass(
        name: "fold-layer-scale", summary: "learned scales of channels become part of the weights before them"
    ) { graph throws(ShapeError) in
        for number in graph.numbers.reversed() {
            guard var layer = graph[number], layer.isLinearByRows, let next = graph.onlyConsumer(of: number),
                graph[next]?.workload is ChannelScale, let scale = graph[next]?.weights["weight"]
            else { continue }
            for operand in layer.workload.operands
            where operand.role == .weight && !(planted(.foldScale) && operand.name == "bias") {
                layer.weights[operand.name] = layer.weights[operand.name]?
                    .scaledRows(operand.shape, by: [scale]) { sources in
                        let factors = sources[sources.startIndex]
                        return (0..<factors.count).map { factors.floats[$0] }
                    }
            }
            graph.replace(number, by: layer, absorbing: next)
        }
    }
}

extension Layer {
    /// Whether each output channel is just a row of the weight times the input, plus an element of the bias.
    fileprivate var isLinearByRows: Bool {
        hasFreeEpilogue && !workload.arguments.flag("residual")
            && (workload is Conv2D || workload.arguments.flag("transposed"))
    }
}

extension Weight {
    /// The same, with each row (the elements of an outermost index) times a factor computed from other weights.
    func scaledRows(
        _ shape: Shape, by sources: [Weight], factors: @escaping @Sendable (ArraySlice<Tensor>) -> [Float]
    ) -> Weight {
        .made(
            Derivation(shape, from: [self] + sources) { tensors, target in
                let (factors, rows) = (factors(tensors[1...]), shape.extents[0])
                let row = shape.count / rows
                for o in 0..<rows {
                    for i in o * row..<(o + 1) * row { target[i] = tensors[0].floats[i] * factors[o] }
                }
            })
    }
}

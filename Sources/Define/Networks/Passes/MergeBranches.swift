import Kernels
import Mutants
import Tensors
import Workloads

extension Pass {
    /// Parallel convolutions of one input whose results are added become one: a 3x3, a 1x1 and a batch norm of the
    /// input itself become one 3x3, with the smaller kernels in its middle (Ding et al., "RepVGG", 2021, section 3.3).
    ///
    /// Batch norms after convolutions must be folded first.
    static let mergeBranches = Pass(
        name: "merge-branches", summary: "parallel convolutions that are added become one"
    ) { graph throws(ShapeError) in
        // A merged sum may be a term of the next sum.
        for sum in graph.numbers {
            guard let add = graph[sum], add.workload is Add, let a = add.inputs["a"], let b = add.inputs["b"],
                let first = graph.producer(of: a), let second = graph.producer(of: b), first != second,
                graph.onlyConsumer(of: first) == sum, graph.onlyConsumer(of: second) == sum
            else { continue }
            // The larger kernel absorbs the other one.
            let pair = [first, second].compactMap { graph[$0] }.sorted { kernel($0) > kernel($1) }
            guard let wide = Branch(pair[0]), let narrow = Branch(pair[1]), wide.takes(narrow),
                // It reads later than they did: a state may have changed by then.
                !pair[0].inputs.values.contains(where: graph.isState)
            else { continue }
            var merged = pair[0]
            merged.workload = try merged.workload.with(["bias": .flag(true)])
            merged.weights = ["weight": wide.weight(with: narrow), "bias": wide.bias(with: narrow)]
            merged.outputs[0].feature = add.outputs[0].feature
            (graph[first], graph[second], graph[sum]) = (nil, nil, merged)
        }
    }

    private static func kernel(_ layer: Layer) -> Int {
        layer.workload is Conv2D ? layer.workload.arguments.extent("k").height : 0
    }
}

/// A term of a sum that is linear in its input: a convolution, or a batch norm, which is a convolution with one tap and
/// one channel.
private struct Branch {
    private let layer: Layer
    private let sources: [Weight]
    private let shape: Shape
    /// Set if it is a batch norm.
    private let norm: NormStatistics?

    /// Nil for any other layer, and for one with an activation or a residual.
    init?(_ layer: Layer) {
        self.layer = layer
        if let norm = NormStatistics(layer) {
            sources = norm.sources
            shape = .vector(layer.workload.arguments.int("c"))
            self.norm = norm
        } else if layer.workload is Conv2D, layer.hasFreeEpilogue, !layer.workload.arguments.flag("residual"),
            let weight = layer.weights["weight"],
            let shape = layer.workload.operands.first(where: { $0.name == "weight" })?.shape
        {
            sources = [weight] + (layer.weights["bias"].map { [$0] } ?? [])
            self.shape = shape
            norm = nil
        } else {
            return nil
        }
    }

    /// Whether another one of the same input has its taps in the middle of these, at the same places.
    func takes(_ other: Branch) -> Bool {
        guard norm == nil, layer.inputs["x"] == other.layer.inputs["x"] else { return false }
        let own = layer.workload.arguments
        let (kernel, stride, padding) = (own.extent("k"), own.extent("s"), own.extent("p"))
        guard own.extent("d") == (1, 1), kernel.height % 2 == 1, kernel.width % 2 == 1 else { return false }
        if other.norm != nil {
            return stride == (1, 1) && own.int("ci") == own.int("co")
                && padding == ((kernel.height - 1) / 2, (kernel.width - 1) / 2)
        }
        let others = other.layer.workload.arguments
        let (inner, shift) = (others.extent("k"), others.extent("p"))
        return others.extent("d") == (1, 1) && others.extent("s") == stride && others.int("g") == own.int("g")
            && others.int("co") == own.int("co") && inner.height % 2 == 1 && inner.width % 2 == 1
            && padding.height - shift.height == (kernel.height - inner.height) / 2
            && padding.width - shift.width == (kernel.width - inner.width) / 2
            && inner.height <= kernel.height && inner.width <= kernel.width
    }

    func weight(with other: Branch) -> Weight {
        let (shape, number, norm) = (shape, sources.count, other.norm)
        let inner = other.shape.extents
        return .made(
            Derivation(shape, from: sources + other.sources) { tensors, target in
                target.update(from: tensors[0].floats, count: shape.count)
                let (outputs, inputs) = (shape.extents[0], shape.extents[1])
                let (height, width) = (shape.extents[2], shape.extents[3])
                func place(_ o: Int, _ i: Int, _ y: Int, _ x: Int) -> Int {
                    ((o * inputs + i) * height + y) * width + x
                }
                if let norm {
                    let factors = norm.factors(tensors[number...])
                    for o in 0..<outputs { target[place(o, o % inputs, height / 2, width / 2)] += factors[o] }
                } else {
                    let (top, left) =
                        planted(.mergeTap) ? (0, 0) : ((height - inner[2]) / 2, (width - inner[3]) / 2)
                    var source = tensors[number].floats
                    for o in 0..<outputs {
                        for i in 0..<inputs {
                            for y in 0..<inner[2] {
                                for x in 0..<inner[3] {
                                    target[place(o, i, top + y, left + x)] += source.pointee
                                    source += 1
                                }
                            }
                        }
                    }
                }
            })
    }

    func bias(with other: Branch) -> Weight {
        let (number, norm, outputs) = (sources.count, other.norm, shape.extents[0])
        return .made(
            Derivation(.vector(outputs), from: sources + other.sources) { tensors, target in
                if number > 1 { target.update(from: tensors[1].floats, count: outputs) }
                if let norm {
                    let factors = norm.factors(tensors[number...])
                    for o in 0..<outputs {
                        target[o] += tensors[number + 1].floats[o] - tensors[number + 2].floats[o] * factors[o]
                    }
                } else if tensors.count > number + 1, !planted(.mergeBias) {
                    for o in 0..<outputs { target[o] += tensors[number + 1].floats[o] }
                }
            })
    }
}

import Settings
import Tensors
import Workloads

/// One step of a network: a kernel of some shape, its inputs and its outputs.
package struct Layer: Sendable {
    /// Its name in the public model: `layer1.0.conv1`.
    package var name: String
    package var workload: any Workload
    /// The feature map of each input operand of the kernel, and of each state before it runs.
    package var inputs: [String: Int]
    /// The weight of each weight operand of the kernel.
    package var weights: [String: Weight]
    /// The feature map of each output operand of the kernel, in order, and then of each state after it ran.
    package var outputs: [(operand: String, feature: Int)]
    /// Whether it runs only once, when the network is prepared: it depends on the graph alone, and the model keeps what it gives.
    package var runsOnce = false

    /// The kernel's name: `conv2d`.
    package var kernel: String { workload.schema.name }
    /// Whether a training step changes weights of it. Then they are among its inputs.
    package var hasTrainedWeights: Bool {
        workload.operands.contains { $0.role == .weight && inputs[$0.name] != nil }
    }
    /// The feature map that it writes, if there is exactly one.
    package var onlyOutput: Int? { outputs.count == 1 ? outputs[0].feature : nil }
}

/// Where a weight of a layer comes from.
package enum Weight: Sendable {
    /// A tensor of the model, under its public name.
    case given(String)
    /// Computed from other weights, once, when the network is prepared.
    case made(Derivation)
}

/// A weight that a pass over the graph computes from others.
package final class Derivation: Sendable {
    let shape: Shape
    let sources: [Weight]
    private let compute: @Sendable (_ sources: [Tensor], _ target: UnsafeMutablePointer<Float>) -> Void

    /// - Parameter compute: fills the target, which is zero at first, from the sources.
    init(
        _ shape: Shape, from sources: [Weight],
        compute: @escaping @Sendable (_ sources: [Tensor], _ target: UnsafeMutablePointer<Float>) -> Void
    ) {
        self.shape = shape
        self.sources = sources
        self.compute = compute
    }

    fileprivate func tensor(_ model: Operands) throws(OutOfMemory) -> Tensor {
        let target = try Tensor(.f32, shape)
        var tensors: [Tensor] = []
        for source in sources { tensors.append(try source.tensor(model)) }
        compute(tensors, target.floats)
        return target
    }
}

extension Weight {
    /// Some neighbouring elements of it, as a weight of their own.
    func slice(from first: Int, _ extents: [Int]) throws(ShapeError) -> Weight {
        guard let shape = Shape(extents) else { throw ShapeError("a weight is too large", remedy: "make it smaller") }
        return .made(
            Derivation(shape, from: [self]) { sources, target in
                target.update(from: sources[0].floats + first, count: shape.count)
            })
    }

    /// The tensor itself, from those of the model.
    func tensor(_ model: Operands) throws(OutOfMemory) -> Tensor {
        switch self {
        case .given(let name): model[name]
        case .made(let derivation): try derivation.tensor(model)
        }
    }
}

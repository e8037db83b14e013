import Settings

/// How the elements of a tensor are drawn; u is uniform in 0 ..< 1.
package enum Values: Hashable, Sendable {
    /// 2u - 1
    case input
    /// u: shares, and pseudo-coordinates of edges.
    case unit
    /// Inputs for a function that bends further away from 0.
    case spread(Spread)
    /// Stretches of some neighbouring elements, drawn from the spreads in turn. Of every `number` stretches, stretch s
    /// uses spread s modulo their count. For rows of a matrix, or groups of the channels of a pixel.
    case stretches(of: Int, number: Int, [Spread])
    /// (2u - 1) * sqrt(6 / fanIn): keeps the variance of a layer's output near that of its input (He et al., 2015).
    case weight(fanIn: Int)
    /// (2u - 1) / 10: biases, and shifts of norms.
    case shift
    /// 1/2 + u: scales of norms, and variances.
    case scale
    /// Zero: outputs, and what the workload makes itself (the arrays of a graph).
    case made

    /// Fills a tensor from the stream with that name, each draw rounded to the tensor's type (`Scalar.drawn`). Does
    /// nothing for `.made`.
    package func fill(_ tensor: Tensor, name: String, seed: UInt64) {
        let draws = Draws(name, seed: seed)
        switch self {
        case .input: tensor.fill(reach: reach) { 2 * draws.unit($0) - 1 }
        case .unit: tensor.fill(reach: reach) { draws.unit($0) }
        case .spread(let spread): tensor.fill(reach: reach) { spread.value(draws.unit($0)) }
        case .stretches(let length, let number, let spreads):
            tensor.fill(reach: reach) { spreads[$0 / length % number % spreads.count].value(draws.unit($0)) }
        case .weight:
            let reach = reach
            tensor.fill(reach: reach) { (2 * draws.unit($0) - 1) * reach }
        case .shift: tensor.fill(reach: reach) { (2 * draws.unit($0) - 1) / 10 }
        case .scale: tensor.fill(reach: reach) { 0.5 + draws.unit($0) }
        case .made: break
        }
    }

    /// The largest magnitude that can be drawn.
    private var reach: Float {
        switch self {
        case .input, .unit: 1
        case .spread(let spread): spread.farthest
        case .stretches(_, _, let spreads): spreads.map(\.farthest).max() ?? 0
        case .weight(let fanIn): Float((6 / Double(max(fanIn, 1))).squareRoot())
        case .shift: 0.1
        case .scale: 1.5
        case .made: 0
        }
    }
}

/// Draws around a centre: centre + (2u - 1) reach.
package struct Spread: Hashable, Sendable {
    package let centre: Float
    package let reach: Float

    package init(around centre: Float = 0, reach: Float) {
        self.centre = centre
        self.reach = reach
    }

    fileprivate var farthest: Float { abs(centre) + abs(reach) }
    fileprivate func value(_ u: Float) -> Float { centre + (2 * u - 1) * reach }
}

extension Tensor {
    /// Sets every element from its index, rounded to the type like a draw with that reach.
    @inline(__always) package func fill(reach: Float = 1, _ value: (Int) -> Float) {
        guard element == .f32 else { return fill(element.scalar, reach: reach, value) }
        let target = floats
        for i in 0..<count { target[i] = value(i) }
    }

    private func fill<Element: Scalar>(_: Element.Type, reach: Float, _ value: (Int) -> Float) {
        let target = pointer(to: Element.self)
        for i in 0..<count { target[i] = Element.drawn(value(i), reach: reach) }
    }
}

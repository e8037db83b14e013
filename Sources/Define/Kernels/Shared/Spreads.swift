import Tensors

extension [Spread] {
    /// For what is normalised by its mean and variance: means near 0 and far from it, and a variance so small that epsilon
    /// counts.
    static var moments: [Spread] {
        [Spread(reach: 1), Spread(around: 2, reach: 0.25), Spread(reach: 0x1p-9), Spread(around: -3, reach: 1)]
    }

    /// For a softmax: also scores whose powers no `Float` holds unless the largest is taken from them first.
    static var scores: [Spread] {
        [Spread(reach: 8), Spread(around: 200, reach: 8), Spread(around: -200, reach: 8)]
    }

    /// For a maximum: of both signs, of one, and of the other.
    static var signs: [Spread] { [Spread(reach: 1), Spread(around: -2, reach: 1), Spread(around: 2, reach: 1)] }
}

import Tensors

extension [Spread] {
    /// For normalisation by mean and variance: means near 0 and far from it, and a variance so small that epsilon
    /// matters.
    static var moments: [Spread] {
        [Spread(reach: 1), Spread(around: 2, reach: 0.25), Spread(reach: 0x1p-9), Spread(around: -3, reach: 1)]
    }

    /// For a softmax: also scores whose powers fit no `Float` unless the largest is subtracted first.
    static var scores: [Spread] {
        [Spread(reach: 8), Spread(around: 200, reach: 8), Spread(around: -200, reach: 8)]
    }

    /// For a maximum: numbers of both signs, only negative ones, and only positive ones.
    static var signs: [Spread] { [Spread(reach: 1), Spread(around: -2, reach: 1), Spread(around: 2, reach: 1)] }
}

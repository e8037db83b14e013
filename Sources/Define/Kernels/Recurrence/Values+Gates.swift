import Tensors

extension Values {
    /// For the two products behind a gate: their sums are open, shut and in between.
    static var gates: Values { .spread(Spread(reach: 4)) }
}

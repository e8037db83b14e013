import Mutants

/// What becomes of a row after its messages are reduced: y = act(factor * reduced + ownFactor * own + bias), where `own` is a row of the
/// destination itself, and act is relu or nothing.
@usableFromInline package struct RowFinish {
    @usableFromInline package let factor: Float
    /// The row of the first destination; those of others follow `step` floats apart. Nil if there are none.
    @usableFromInline package let own: UnsafePointer<Float>?
    @usableFromInline package let step: Int
    @usableFromInline package let ownFactor: Float
    @usableFromInline package let bias: UnsafePointer<Float>?
    @usableFromInline package let isRelu: Bool

    @inlinable package init(
        factor: Float = 1, own: UnsafePointer<Float>? = nil, step: Int = 0, ownFactor: Float = 1,
        bias: UnsafePointer<Float>? = nil, isRelu: Bool = false
    ) {
        self.factor = factor
        self.own = own
        self.step = step
        self.ownFactor = ownFactor
        self.bias = bias
        self.isRelu = isRelu
    }

    /// Whether reduced messages do not stay as they are.
    @inlinable package var changes: Bool { factor != 1 || own != nil || bias != nil || isRelu }

    /// The same for destinations from `row` on, and for features from `column` on.
    @inlinable package func from(row: Int, column: Int = 0) -> RowFinish {
        RowFinish(
            factor: factor, own: own.map { $0 + row * step + column }, step: step, ownFactor: ownFactor,
            bias: bias.map { $0 + column }, isRelu: isRelu)
    }

    /// Some elements of a row.
    @inlinable @inline(__always)
    package func callAsFunction<V: FloatVector>(_ reduced: V, row: Int, column: Int) -> V {
        var y = reduced.multiplied(by: V(broadcasting: factor))
        if let own { y = V(loading: own + row * step + column).multiplyAdd(V(broadcasting: ownFactor), y) }
        if let bias { y = y.adding(V(loading: bias + (planted(.finishBias) ? 0 : column))) }
        return isRelu ? V.zero.chosen(where: y, isAtMost: .zero, else: y) : y
    }

    /// A whole row in its place, element by element.
    @inlinable package func callAsFunction(_ y: UnsafeMutablePointer<Float>, row: Int, count: Int) {
        for i in 0..<count {
            var element = y[i] * factor
            if let own { element += own[row * step + i] * ownFactor }
            if let bias { element += bias[i] }
            y[i] = isRelu && element <= 0 ? 0 : element
        }
    }
}

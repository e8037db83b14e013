import Mutants

/// The activation functions, named after those of PyTorch.
///
/// Infinities and NaN give what the formulas give: silu and gelu of -inf are NaN, because -inf times 0 is NaN.
@usableFromInline package enum ElementFunction: String, CaseIterable, Sendable {
    case relu, relu6, gelu
    case geluTanh = "gelu_tanh"
    case silu, hardswish, hardsigmoid, sigmoid, tanh, elu
}

extension Microkernels {
    /// target[i] = function(source[i]), for any count; source and target are the same or do not overlap. Inlined into
    /// its table entry: in a function of its own, the loops would call the function bodies.
    @inlinable @inline(__always)
    package static func apply(
        _ function: ElementFunction, count: Int, _ source: UnsafePointer<Float>,
        into target: UnsafeMutablePointer<Float>
    ) {
        let (one, minusOne) = (V(broadcasting: 1), V(broadcasting: -1))
        switch function {
        case .relu: map(count: count, source, into: target) { V.zero.chosen(where: $0, isAtMost: .zero, else: $0) }
        case .relu6: map(count: count, source, into: target) { $0.clamped(to: planted(.relu6Most) ? .infinity : 6) }
        case .gelu:
            let (half, root) = (V(broadcasting: 0.5), V(broadcasting: planted(.geluRoot) ? 0.707 : 0x1.6a09e6p-1))
            map(count: count, source, into: target) {
                $0.multiplied(by: half).multiplied(by: $0.multiplied(by: root).errorFunction.adding(one))
            }
        case .geluTanh:
            // (1 + tanh(z)) / 2 is the logistic function of 2z, so the slope is 2 sqrt(2 / pi).
            let (slope, cubic) = (
                V(broadcasting: 0x1.988454p0), V(broadcasting: planted(.geluCubic) ? 0.045 : 0.044715)
            )
            map(count: count, source, into: target) {
                let bent = $0.multiplied(by: $0).multiplyAdd(cubic, one)
                return $0.multiplied(by: $0.multiplied(by: slope).multiplied(by: bent).logistic)
            }
        case .silu: map(count: count, source, into: target) { $0.multiplied(by: $0.logistic) }
        case .hardswish:
            let (three, six) = (V(broadcasting: 3), V(broadcasting: 6))
            map(count: count, source, into: target) {
                $0.multiplied(
                    by: $0.adding(three).clamped(to: planted(.hardswishMost) ? .infinity : 6).divided(by: six))
            }
        case .hardsigmoid:
            let (three, six) = (V(broadcasting: 3), V(broadcasting: 6))
            map(count: count, source, into: target) {
                $0.adding(three).clamped(to: planted(.hardsigmoidMost) ? .infinity : 6).divided(by: six)
            }
        case .sigmoid: map(count: count, source, into: target) { $0.logistic }
        case .tanh:
            let two = V(broadcasting: 2)
            map(count: count, source, into: target) { $0.multiplied(by: two).logistic.multiplyAdd(two, minusOne) }
        case .elu:
            map(count: count, source, into: target) {
                V.zero.chosen(where: .zero, isAtMost: $0, else: $0.exponential.adding(minusOne))
                    .adding(V.zero.chosen(where: $0, isAtMost: .zero, else: planted(.eluPositive) ? .zero : $0))
            }
        }
    }

    /// target[i] = body(source[i]), two vectors at a time; source and target are the same or do not overlap.
    @inlinable @inline(__always)
    package static func map(
        count: Int, _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>,
        _ body: (V) -> V
    ) {
        guard count >= V.lanes else {
            for i in 0..<count { target[i] = body(V(broadcasting: source[i])).greatest }
            return
        }
        // The last vector ends at the last element and overlaps the one before, so it is read before writing.
        let end = V(loading: source + count - V.lanes)
        var i = 0
        while i + 2 * V.lanes <= count {
            let (x, y) = (V(loading: source + i), V(loading: source + i + V.lanes))
            body(x).store(to: target + i)
            body(y).store(to: target + i + V.lanes)
            i += 2 * V.lanes
        }
        while i < count {
            let isEnd = i + V.lanes > count
            body(isEnd ? end : V(loading: source + i)).store(
                to: target + (isEnd ? count - V.lanes - slip(.mapTail) : i))
            i += V.lanes
        }
    }
}

extension FloatVector {
    /// Clamped to 0 ... limit; NaN stays NaN.
    @inlinable @inline(__always) package func clamped(to limit: Float) -> Self {
        let most = Self(broadcasting: limit)
        let positive = planted(.clampLeast) ? self : Self.zero.chosen(where: self, isAtMost: .zero, else: self)
        return most.chosen(where: most, isAtMost: positive, else: positive)
    }

    /// erf, lane by lane: the same quotient of polynomials and the same error as `errorFunction` of one `Float`.
    @inlinable @inline(__always) package var errorFunction: Self {
        let one = Self(broadcasting: 1)
        let end = Self(broadcasting: 0x1.f6666cp1)
        let absolute = withSign(of: .zero)
        // The comparison is false for NaN, so NaN stays.
        let magnitude = end.chosen(where: end, isAtMost: absolute, else: absolute)
        let z = magnitude.multiplied(by: magnitude)
        var p = Self(broadcasting: 0x1.132c76p-19)
        p = p.multiplyAdd(z, Self(broadcasting: 0x1.2ab69p-12))
        p = p.multiplyAdd(z, Self(broadcasting: 0x1.ed819ep-9))
        p = p.multiplyAdd(z, Self(broadcasting: 0x1.b01b12p-5))
        p = p.multiplyAdd(z, Self(broadcasting: 0x1.85edf8p-3))
        p = p.multiplyAdd(z, Self(broadcasting: 0x1.20dd74p0))
        var q = Self(broadcasting: 0x1.3f8b18p-15)
        q = q.multiplyAdd(z, Self(broadcasting: 0x1.30b94ap-10))
        q = q.multiplyAdd(z, Self(broadcasting: 0x1.ea7b0ap-7))
        q = q.multiplyAdd(z, Self(broadcasting: 0x1.d35f46p-4))
        q = q.multiplyAdd(z, Self(broadcasting: 0x1.010ed2p-1))
        q = q.multiplyAdd(z, one)
        let quotient = magnitude.multiplied(by: p).divided(by: q)
        // Rounding may carry the quotient past 1. From `end` on it must be exactly 1: gelu multiplies by 1 + erf.
        let bounded = one.chosen(where: one, isAtMost: quotient, else: quotient)
        return one.chosen(where: end, isAtMost: absolute, else: bounded).withSign(of: self)
    }
}

import Mutants

extension FloatVector {
    /// e^x, lane by lane: the same polynomial, range and error as `exponential` of one `Float`. Infinite above ln of
    /// the greatest `Float`, 0 if the result would be subnormal, NaN for NaN.
    @inlinable @inline(__always) package var exponential: Self {
        let round = Self(broadcasting: 0x1.8p23)
        let shifted = multiplyAdd(Self(broadcasting: 0x1.715476p0), round)
        let n = shifted.subtracting(round)
        // ln 2 in two parts.
        let high = n.multiplyAdd(Self(broadcasting: -0x1.62e4p-1), self)
        let r = n.multiplyAdd(Self(broadcasting: -0x1.7f7d1cp-20), high)
        var q = Self(broadcasting: 0x1.69d58ap-10)
        q = q.multiplyAdd(r, Self(broadcasting: 0x1.12325cp-7))
        q = q.multiplyAdd(r, Self(broadcasting: 0x1.55589ap-5))
        q = q.multiplyAdd(r, Self(broadcasting: 0x1.555494p-3))
        q = q.multiplyAdd(r, Self(broadcasting: planted(.exponentialTerm) ? 0.501 : 0x1.fffffcp-2))
        let power = r.multiplied(by: r).multiplyAdd(q, r).adding(Self(broadcasting: 1))
        return power.scaled(byPower: shifted)
            .chosen(where: Self(broadcasting: -0x1.5d589ep6), isAtMost: self, else: .zero)
            .chosen(
                where: self, isAtMost: Self(broadcasting: 0x1.62e42ep6),
                else: adding(Self(broadcasting: .infinity)))
    }

    /// 2^x for x <= 0, but 0 for x <= -126; NaN for NaN. Within 3 units of 2^-24: the polynomial has the least relative
    /// error of degree 5 on -1/2 ... 1/2 with 2^0 = 1.
    @inlinable @inline(__always) package var powerOfTwo: Self {
        let one = Self(broadcasting: 1)
        let round = Self(broadcasting: 0x1.8p23)
        let shifted = adding(round)
        let r = subtracting(shifted.subtracting(round))
        var p = Self(broadcasting: 0x1.5bba14p-10)
        p = p.multiplyAdd(r, Self(broadcasting: 0x1.3cea88p-7))
        p = p.multiplyAdd(r, Self(broadcasting: 0x1.c6b752p-5))
        p = p.multiplyAdd(r, Self(broadcasting: 0x1.ebf9bcp-3))
        p = p.multiplyAdd(r, Self(broadcasting: 0x1.62e42ap-1))
        // Multiply by the power of two instead of adding to the exponent: then NaN stays NaN.
        let power = p.multiplyAdd(r, one).multiplied(by: one.scaled(byPower: shifted))
        return Self.zero.chosen(where: self, isAtMost: Self(broadcasting: -126), else: power)
    }

    /// 1 / (1 + e^-x)
    @inlinable @inline(__always) package var logistic: Self {
        let one = Self(broadcasting: 1)
        return one.divided(by: one.adding(Self.zero.subtracting(self).exponential))
    }
}

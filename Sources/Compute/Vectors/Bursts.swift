/// The sizes of the two bursts. Each burst loads one unit of the processor and does nothing else.
package enum Burst {
    /// Registers that `fmaBurst` keeps multiplying: more than latency x throughput of a multiply-add on any processor
    /// we know (4 cycles x 2 per cycle). Together with two constants they fit in the 16 registers of AVX2.
    package static let accumulators = 12
    /// Floats in the state of `fmaBurst` in the widest instruction set.
    package static let stateFloats = accumulators * 16
    /// Floats that `readBurst` reads per step in the widest instruction set.
    package static let readFloats = 8 * 16

    /// FLOPs per round of `fmaBurst`: two per multiply-add.
    package static func flops(lanes: Int) -> Int { 2 * accumulators * lanes }
}

extension Microkernels {
    /// Multiply-adds in registers and nothing else: x = x * factor + addend, `rounds` times in each of
    /// `Burst.accumulators` registers.
    ///
    /// With a factor in 0 ..< 1 every lane tends to addend / (1 - factor), without infinities or denormals on the way.
    /// - Parameter state: `Burst.accumulators` vectors, read before and written after, so nothing is optimised away.
    @inlinable @inline(never)
    package static func fmaBurst(
        rounds: Int, factor: Float, addend: Float, state: UnsafeMutablePointer<Float>
    ) {
        let (factor, addend) = (V(broadcasting: factor), V(broadcasting: addend))
        let (second, third) = (state + FourVectors<V>.count, state + 2 * FourVectors<V>.count)
        var x = FourVectors<V>(loading: state)
        var y = FourVectors<V>(loading: second)
        var z = FourVectors<V>(loading: third)
        for _ in 0..<rounds {
            x = x.multiplyAdd(factor, addend)
            y = y.multiplyAdd(factor, addend)
            z = z.multiplyAdd(factor, addend)
        }
        x.store(to: state)
        y.store(to: second)
        z.store(to: third)
    }

    /// Reads a block from end to end, `passes` times, as fast as loads can go, and combines the values by exclusive or.
    ///
    /// - Parameters:
    ///   - count: floats in the block, a multiple of `Burst.readFloats`.
    ///   - result: 4 vectors, combined with what was read, so that nothing is optimised away.
    @inlinable @inline(never)
    package static func readBurst(
        block: UnsafePointer<Float>, count: Int, passes: Int, result: UnsafeMutablePointer<Float>
    ) {
        var x = FourVectors<V>(loading: result)
        var y = FourVectors<V>.zero
        for _ in 0..<passes {
            var next = block
            let end = block + count
            while next < end {
                x = x.exclusiveOr(FourVectors(loading: next))
                y = y.exclusiveOr(FourVectors(loading: next + FourVectors<V>.count))
                next += 2 * FourVectors<V>.count
            }
        }
        x.exclusiveOr(y).store(to: result)
    }
}

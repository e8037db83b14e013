import Foundation
import Testing
import Vectors

extension Check {
    static let bursts = [
        Check("fmaBurst(rounds:factor:addend:state:)") { kernels in
            let count = Burst.accumulators * kernels.lanes
            let state = Floats((0..<count).map(Float.init))
            kernels.fmaBurst(rounds: 3, factor: 0.5, addend: 2, state: state.start)
            // Exact in every rounding: halves of small whole numbers.
            let expected = (0..<3).reduce((0..<count).map(Double.init)) { state, _ in state.map { $0 / 2 + 2 } }
            state.expect(expected, within: 0)
            kernels.fmaBurst(rounds: 1000, factor: 0.5, addend: 2, state: state.start)
            state.expect([Double](repeating: 4, count: count), within: 0)
            kernels.fmaBurst(rounds: 0, factor: 0.5, addend: 2, state: state.start)
            state.expect([Double](repeating: 4, count: count), within: 0)
        },
        Check("readBurst(block:count:passes:result:)") { kernels in
            let block = (0..<3 * Burst.readFloats).map { Float($0) + 0.25 }
            for passes in 0..<4 {
                let result = Floats([Float](repeating: 1, count: 4 * kernels.lanes))
                var expected = result.values.map(\.bitPattern)
                for _ in 0..<passes {
                    for (index, value) in block.enumerated() {
                        expected[index % expected.count] ^= value.bitPattern
                    }
                }
                kernels.readBurst(block: block, count: block.count, passes: passes, result: result.start)
                #expect(result.values.map(\.bitPattern) == expected)
            }
        },
    ]

    static let elements = [
        Check("scale(count:_:factor:into:)") { kernels in
            for count in lengths(kernels.lanes, from: 0) {
                let (x, y) = (draws(count), Floats(count: count))
                kernels.scale(count: count, x, factor: -1.5, into: y.start)
                y.expect(x.map { -1.5 * Double($0) }, "\(count)")
            }
        },
        Check("add(count:_:_:into:)") { kernels in
            for count in lengths(kernels.lanes) {
                let (a, b, y) = (draws(count), draws(count, seed: 2), Floats(count: count))
                let sums = zip(a, b).map { Double($0) + Double($1) }
                kernels.add(count: count, a, b, into: y.start)
                y.expect(sums, "\(count)")
                let here = Floats(a)
                kernels.add(count: count, here.start, b, into: here.start)
                here.expect(sums, "\(count) in place")
            }
        },
        Check("apply(_:count:_:into:)") { kernels in
            for function in ElementFunction.allCases {
                for count in lengths(kernels.lanes) {
                    // All of their knees, what is rounded to the ends, and what is not a number.
                    var x = draws(count).map { 12 * $0 }
                    if count > 2 { x[count / 2] = .nan }
                    let (y, here) = (Floats(count: count), Floats(x))
                    let expected = x.map { value(of: function, at: Double($0)) }
                    kernels.apply(function, count: count, x, into: y.start)
                    y.expect(expected, "\(function) \(count)")
                    kernels.apply(function, count: count, here.start, into: here.start)
                    here.expect(expected, "\(function) \(count) in place")
                }
            }
        },
    ]

    /// The formulas of PyTorch.
    private static func value(of function: ElementFunction, at x: Double) -> Double {
        guard !x.isNaN else { return x }
        return switch function {
        case .relu: max(0, x)
        case .relu6: min(6, max(0, x))
        case .gelu: x / 2 * (1 + erf(x / 2.0.squareRoot()))
        case .geluTanh: x / 2 * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
        case .silu: x / (1 + exp(-x))
        case .hardswish: x * min(6, max(0, x + 3)) / 6
        case .hardsigmoid: min(6, max(0, x + 3)) / 6
        case .sigmoid: 1 / (1 + exp(-x))
        case .tanh: Foundation.tanh(x)
        case .elu: x > 0 ? x : expm1(x)
        }
    }
}

import Foundation
import Kernels
import Testing

@Suite struct ExponentialTests {
    /// The distance to the true value in units of the last place of that value.
    private func error(_ x: Float) -> Double {
        let exact = Foundation.exp(Double(x))
        return abs(Double(exponential(x)) - exact) / Double(Float(exact).ulp)
    }

    @Test func errorStaysBelowTheDocumentedBound() {
        // Every 251st Float on both sides of 0, from 2^-26 to the ends of the range.
        var worst: Double = 0
        for bits in stride(from: Float(0x1p-26).bitPattern, through: Float(87).bitPattern, by: 251) {
            let x = Float(bitPattern: bits)
            worst = max(worst, error(x), error(-x))
        }
        #expect(worst < 0.99)
    }

    @Test func endsOfTheRange() {
        let (least, greatest): (Float, Float) = (-0x1.5d589ep6, 0x1.62e42ep6)
        #expect(error(least) < 0.99)
        #expect(exponential(least) >= .leastNormalMagnitude)
        #expect(exponential(least.nextDown) == 0)
        #expect(error(greatest) < 0.99)
        #expect(exponential(greatest).isFinite)
        #expect(exponential(greatest.nextUp) == .infinity)
    }

    @Test func specialValues() {
        #expect(exponential(0) == 1)
        #expect(exponential(-0.0) == 1)
        #expect(exponential(-.infinity) == 0)
        #expect(exponential(.infinity) == .infinity)
        #expect(exponential(-.greatestFiniteMagnitude) == 0)
        #expect(exponential(.greatestFiniteMagnitude) == .infinity)
        #expect(exponential(.nan).isNaN)
        #expect(exponential(Float(nan: 0x1234, signaling: false)).isNaN)
    }

    @Test(arguments: [1, 2, 7, 15, 16, 17, 32, 197, 1000]) func softmaxOfARow(count: Int) {
        let row = (0..<count).map { Float(sin(Double($0) * 1.7)) * 30 }
        let exact = row.map { Foundation.exp(Double($0) / 8) }
        let total = exact.reduce(0, +)
        var inPlace = row
        softmaxRow(&inPlace, count: count, scale: 0.125)
        var separate = [Float](repeating: .nan, count: count)
        softmaxRow(row, into: &separate, count: count, scale: 0.125)
        #expect(inPlace == separate)
        for i in 0..<count {
            #expect(abs(Double(inPlace[i]) - exact[i] / total) <= exact[i] / total * 1e-6)
        }
    }

    @Test func softmaxOfLargeAndOfMissingElements() {
        var row: [Float] = [1e30, -1e30, -.infinity, 1e30]
        softmaxRow(&row, count: 4)
        #expect(row == [0.5, 0, 0, 0.5])
        softmaxRow(&row, count: 0)
        #expect(row == [0.5, 0, 0, 0.5])
        row[1] = .nan
        softmaxRow(&row, count: 4)
        #expect(row.allSatisfy { $0.isNaN })
    }
}

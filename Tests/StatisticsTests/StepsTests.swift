import Glibc
import Statistics
import Testing

@Suite struct StepsTests {
    private func steps(_ values: [Double], halfWidths: [Double] = []) throws -> [Steps.Step] {
        try #require(Steps(values, halfWidths: halfWidths)).steps
    }

    enum Noise: CaseIterable {
        case normal, exponential, student, outliers

        func draw(_ generator: inout Generator) -> Double {
            switch self {
            case .normal: generator.normal()
            case .exponential: -log(1 - generator.uniform())
            // Two degrees of freedom: no variance.
            case .student: generator.normal() / (-log(1 - generator.uniform())).squareRoot()
            case .outliers: (generator.uniform() < 0.1 ? 10 : 1) * generator.normal()
            }
        }
    }

    @Test(arguments: Noise.allCases, [5, 6, 8, 12, 20, 35, 60]) func noiseHasNone(noise: Noise, count n: Int) throws {
        var generator = Generator(state: 99)
        let series = 1000
        let alarms = try count(of: series) { try !steps((0..<n).map { _ in noise.draw(&generator) }).isEmpty }
        #expect(alarms < series / 20, "\(alarms) of \(series)")
    }

    @Test(arguments: [(12, 0.8), (15, 0.9), (20, 0.95), (60, 0.95)])
    func fourSigmaAreFound(count n: Int, share: Double) throws {
        var generator = Generator(state: 100)
        let series = 500
        let found = try count(of: series) {
            let found = try steps((0..<n).map { generator.normal() + ($0 < n / 2 ? 0 : 4) })
            return found.count == 1 && abs(found[0].index - n / 2) <= 1 && abs(found[0].change - 4) < 2
        }
        #expect(Double(found) >= share * Double(series), "\(found) of \(series)")
    }

    @Test func placeAndHeight() throws {
        let values = [1.0, 1.02, 0.99, 1.01, 1.0, 1.51, 1.5, 1.49, 1.5, 1.52, 1.2, 1.21, 1.19, 1.2]
        let found = try #require(Steps(values))
        #expect(found.stretches.map(\.range) == [0..<5, 5..<10, 10..<14])
        #expect(zip(found.stretches.map(\.level), [1, 1.5, 1.2]).allSatisfy(near))
        #expect(found.steps.map(\.index) == [5, 10])
        #expect(abs(found.steps[0].change - 0.5) < 1e-12)
        #expect(abs(found.steps[1].change + 0.3) < 1e-12)
    }

    @Test func oneValueThatIsOffIsNoStep() throws {
        let flat = [0.0, 0.01, -0.01, 0, 0.01, 0, -0.01, 0.01, 0, -0.01, 0.01]
        for index in flat.indices {
            for height in [-5.0, 1, 1000] {
                var values = flat
                values[index] += height
                #expect(try steps(values).isEmpty, "\(height) at \(index)")
            }
        }
    }

    /// At the end one value may be an outlier; the next one tells.
    @Test func aStepAtTheEndTakesTwo() throws {
        let flat = [0.0, 0.01, -0.01, 0, 0.01, 0, -0.01, 0.01]
        #expect(try steps(flat + [0.5]).isEmpty)
        #expect(try steps(flat + [0.5, 0.51]).map(\.index) == [8])
        #expect(try steps([0.5, 0.51] + flat).map(\.index) == [2])
    }

    @Test func ofValuesThatAreExactEveryChangeIsOne() throws {
        #expect(try steps(Array(repeating: 0.1, count: 30)).isEmpty)
        #expect(try steps([1, 1, 1, 1, 1.001, 1.001, 1.001]).map(\.index) == [4])
    }

    /// A series may look steadier than its values can be known.
    @Test func whatTheValuesThemselvesDoNotKnowIsNoStep() throws {
        let values = [1, 1, 1, 1, 1.001, 1.001, 1.001]
        #expect(try steps(values, halfWidths: Array(repeating: 0.01, count: 7)).isEmpty)
        #expect(try steps(values, halfWidths: Array(repeating: 1e-6, count: 7)).map(\.index) == [4])
        #expect(try #require(Steps(values, halfWidths: [0.0196, .infinity, .nan])).noise == 0.01)
    }

    @Test func shortSeries() throws {
        #expect(try #require(Steps([])).stretches.isEmpty)
        #expect(try #require(Steps([3])).stretches.map(\.level) == [3])
        #expect(try #require(Steps([3, 4])).stretches.map(\.level) == [3.5])
        #expect(try steps([1, 1, 2]).isEmpty)
        #expect(try steps([1, 1, 2, 2]).map(\.index) == [2])
        #expect(Steps([1, .nan]) == nil)
        #expect(Steps([1, .infinity]) == nil)
    }

    @Test func hundredsOfValues() throws {
        var generator = Generator(state: 4)
        let values = (0..<400).map { Double($0 / 100 % 2) + 0.05 * generator.normal() }
        #expect(try steps(values).map(\.index) == [100, 200, 300])
    }
}

import Statistics
import Testing

@Suite struct GeometricMeanTests {
    @Test func ofRatios() throws {
        #expect(try near(#require(GeometricMean.of([2, 8])), 4))
        #expect(try near(#require(GeometricMean.of([0.5, 2])), 1))
        #expect(try near(#require(GeometricMean.of([1.3])), 1.3))
        // A product would overflow.
        #expect(try near(#require(GeometricMean.of(Array(repeating: 1e200, count: 10))), 1e200))
    }

    @Test(arguments: [[], [1, 0], [1, -2], [1, .infinity], [.nan]]) func ofNoRatios(values: [Double]) {
        #expect(GeometricMean.of(values) == nil)
    }
}

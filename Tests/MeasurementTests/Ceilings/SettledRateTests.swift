import Measurement
import Testing

@Suite struct SettledRateTests {
    @Test func threeThatAgreeDecide() throws {
        #expect(SettledRate([1, 1]) == nil)
        #expect(SettledRate([0, 0, 0]) == nil)
        let quiet = try #require(SettledRate([98, 50, 100, 99]))
        #expect(quiet.value == 98 && quiet.isSettled)
        let jumping = try #require(SettledRate([775, 98, 100, 40]))
        #expect(!jumping.isSettled, "one that stands alone is an error of the clock")
        #expect(try #require(SettledRate([60, 100, 80])).isSettled == false)
    }
}

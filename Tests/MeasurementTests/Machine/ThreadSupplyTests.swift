import Measurement
import Testing

@Suite struct ThreadSupplyTests {
    @Test func threadsUpToTheProcessorsAreNoShortage() {
        let supply = ThreadSupply(processors: 2, quota: nil)
        #expect(supply.shortage(of: 1) == nil)
        #expect(supply.shortage(of: 2) == nil)
        #expect(
            supply.shortage(of: 3) == "3 threads are more than the 2 processors that this process may use")
        #expect(ThreadSupply(processors: 1, quota: nil).shortage(of: 2)?.contains("the 1 processor that") == true)
    }

    @Test func aQuotaCounts() {
        let supply = ThreadSupply(processors: 8, quota: 1.5)
        #expect(supply.shortage(of: 1) == nil)
        #expect(supply.shortage(of: 2)?.contains("the time of 1.5 processors that the control group allows") == true)
        #expect(ThreadSupply(processors: 8, quota: 2).shortage(of: 2) == nil)
    }
}

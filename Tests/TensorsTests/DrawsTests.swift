import Tensors
import Testing

@Suite struct DrawsTests {
    /// Figures made by the same formulas in Python.
    @Test func agreeWithTheDefinition() {
        #expect(splitmix64(0) == 0xE220_A839_7B1D_CDAF)
    }
}

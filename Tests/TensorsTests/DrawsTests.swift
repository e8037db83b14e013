import Settings
import Tensors
import Testing

/// Figures made by the same formulas in Python and NumPy.
@Suite struct DrawsTests {
    @Test func splitmix() {
        #expect(splitmix64(0) == 0xE220_A839_7B1D_CDAF)
        #expect(splitmix64(1) == 0x910A_2DEC_8902_5CC1)
        #expect(splitmix64(.max) == 0xE4D9_7177_1B65_2C20)
    }

    @Test(
        arguments: [
            ("x", 0, 0xAF63_F54C_8602_1707, [0x3382_62D8_F096_398F, 0xCEFB_9C22_CF51_9144, 0xA4B0_DB91_8693_BA8A]),
            (
                "weight", 42, 0x6911_F8DE_1F27_BF33,
                [0xA03F_49C7_938C_6D1D, 0xC121_CD24_4F7A_C7F0, 0x86A0_7F97_FFD0_023F]
            ),
            ("", 7, 0xCBF2_9CE4_8422_2322, [0x234A_398D_B31D_26D6, 0x6EEA_9785_DB8C_2424, 0xACE2_2851_A13A_9451]),
            (
                "layer1.0.conv1.weight", .max, 0x8DE2_6F35_DD9B_3F15,
                [0x1D96_6EC3_3802_F9E5, 0x3AE3_B6FE_D2B1_3745, 0xB3DB_31E0_CED7_22F2]
            ),
            (
                "Gewicht\u{E4}", 1, 0x7A4A_DEF4_7A16_3C04,
                [0x7391_23F8_6882_35FC, 0x97C2_02F8_E501_2C67, 0x2EA7_8A03_A26A_FA35]
            ),
        ] as [(String, UInt64, UInt64, [UInt64])])
    func streams(name: String, seed: UInt64, key: UInt64, draws: [UInt64]) {
        let stream = Draws(name, seed: seed)
        #expect(stream.key == key)
        #expect((0..<3).map { stream[$0] } == draws)
    }

    @Test func unitIsAMultipleBelowOne() {
        let stream = Draws("x", seed: 3)
        for i in 0..<10_000 {
            let u = stream.unit(i)
            #expect(u >= 0 && u < 1 && (u * 0x1p24).rounded() == u * 0x1p24)
        }
    }
}

@Suite struct ValuesTests {
    /// Bits of elements 0, 1, 2 and 1000.
    @Test(
        arguments: [
            ("x", 0, Values.input, [0xBF18_FB3C, 0x3F1D_F738, 0x3E92_C36C, 0x3F71_2638]),
            ("x", 0, .weight(fanIn: 64), [0xBE3B_5CF9, 0x3E41_77BA, 0x3DB3_BF68, 0x3E93_AC56]),
            ("x", 0, .shift, [0xBD74_C52D, 0x3D7C_BEC0, 0x3CEA_D246, 0x3DC0_EB60]),
            ("x", 0, .scale, [0x3F33_8262, 0x3FA7_7DCE, 0x3F92_586E, 0x3FBC_498E]),
            ("weight", 42, .input, [0x3E80_FD24, 0x3F02_439A, 0x3D54_0FE0, 0x3EB0_38A0]),
            ("weight", 42, .weight(fanIn: 64), [0x3D9D_FA79, 0x3E1F_8A4E, 0x3C81_DC66, 0x3DD7_D375]),
            ("weight", 42, .shift, [0x3CCE_61D3, 0x3D50_6C2A, 0x3BA9_A64D, 0x3D0C_FA1A]),
            ("weight", 42, .scale, [0x3F90_1FA4, 0x3FA0_90E6, 0x3F83_5040, 0x3F96_0714]),
        ] as [(String, UInt64, Values, [UInt32])])
    func fills(name: String, seed: UInt64, values: Values, bits: [UInt32]) throws {
        let tensor = try Tensor(.f32, try #require(Shape([7, 143])))
        values.fill(tensor, name: name, seed: seed)
        #expect([0, 1, 2, 1000].map { tensor.floats[$0].bitPattern } == bits)
    }

    /// Elements 0, 1, 2 and 1000 of a stream, rounded by NumPy.
    @Test(
        arguments: [
            (.bf16, .input, [-0.59765625, 0.6171875, 0.287109375, 0.94140625]),
            (.bf16, .weight(fanIn: 64), [-0.1826171875, 0.1884765625, 0.087890625, 0.2890625]),
            (.i8, .input, [-76, 78, 36, 120]), (.i8, .weight(fanIn: 64), [-76, 78, 36, 120]),
            (.u8, .input, [51, 206, 164, 248]), (.i32, .input, [-1, 1, 0, 1]),
            (.i64, .weight(fanIn: 64), [0, 0, 0, 0]),
        ] as [(ElementType, Values, [Double])])
    func drawsAreRounded(element: ElementType, values: Values, rounded: [Double]) throws {
        let tensor = try Tensor(element, .vector(1001))
        values.fill(tensor, name: "x", seed: 0)
        #expect([0, 1, 2, 1000].map { tensor[$0] } == rounded)
    }

    @Test func spreads() throws {
        let tensor = try Tensor(.f32, try #require(Shape([4, 6])))
        let draws = Draws("x", seed: 3)
        Values.spread(Spread(around: 2, reach: 8)).fill(tensor, name: "x", seed: 3)
        #expect((0..<24).allSatisfy { tensor.floats[$0] == 2 + (2 * draws.unit($0) - 1) * 8 })
        // Three stretches of two in a row of six, from two spreads in turn.
        Values.stretches(of: 2, number: 3, [Spread(reach: 1), Spread(around: 10, reach: 1)])
            .fill(tensor, name: "x", seed: 3)
        #expect((0..<24).filter { tensor.floats[$0] > 5 } == [2, 3, 8, 9, 14, 15, 20, 21])
    }

    @Test func madeIsLeftAlone() throws {
        let tensor = try Tensor(.i32, try #require(Shape([5])))
        tensor.ints[3] = 9
        Values.made.fill(tensor, name: "graph", seed: 1)
        #expect((0..<5).map { tensor.ints[$0] } == [0, 0, 0, 9, 0])
    }

    @Test func weightWithoutInputs() throws {
        let tensor = try Tensor(.f32, try #require(Shape([100])))
        Values.weight(fanIn: 0).fill(tensor, name: "w", seed: 1)
        #expect((0..<100).allSatisfy { tensor.floats[$0].isFinite })
    }
}

import Comparison
import Foundation
import Testing

/// How much of a constant that has no length and no name counts: what the instruction reads of it.
@Suite struct DataOperandTests {
    struct Instruction: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        let width: Int
        let immediate: Int

        init(_ name: String, _ bytes: [UInt8], width: Int, immediate: Int) {
            testDescription = name
            self.bytes = bytes
            self.width = width
            self.immediate = immediate
        }
    }

    /// As GNU as assembles them with an operand relative to the instruction.
    static let instructions: [Instruction] = [
        .init("movss", [0xF3, 0x0F, 0x10, 0x05], width: 4, immediate: 0),
        .init("movsd", [0xF2, 0x44, 0x0F, 0x10, 0x05], width: 8, immediate: 0),
        .init("movaps", [0x0F, 0x28, 0x05], width: 16, immediate: 0),
        .init("addps", [0x44, 0x0F, 0x58, 0x0D], width: 16, immediate: 0),
        .init("pshufb", [0x66, 0x0F, 0x38, 0x00, 0x0D], width: 16, immediate: 0),
        .init("shufps", [0x0F, 0xC6, 0x0D], width: 16, immediate: 1),
        .init("roundps", [0x66, 0x0F, 0x3A, 0x08, 0x0D], width: 16, immediate: 1),
        .init("vmovss", [0xC5, 0xFA, 0x10, 0x05], width: 4, immediate: 0),
        .init("vmulsd", [0xC5, 0xFB, 0x59, 0x0D], width: 8, immediate: 0),
        .init("vaddps ymm", [0xC5, 0x7C, 0x58, 0x0D], width: 32, immediate: 0),
        .init("vbroadcastss", [0xC4, 0xE2, 0x7D, 0x18, 0x1D], width: 4, immediate: 0),
        .init("vbroadcastsd", [0xC4, 0xE2, 0x7D, 0x19, 0x1D], width: 8, immediate: 0),
        .init("vbroadcastf128", [0xC4, 0xE2, 0x7D, 0x1A, 0x1D], width: 16, immediate: 0),
        .init("vfmadd213ss", [0xC4, 0xE2, 0x71, 0xA9, 0x15], width: 4, immediate: 0),
        .init("vfmadd231sd", [0xC4, 0xE2, 0xF1, 0xB9, 0x15], width: 8, immediate: 0),
        .init("vfmadd213ps ymm", [0xC4, 0xE2, 0x75, 0xA8, 0x15], width: 32, immediate: 0),
        .init("vpmovzxbd ymm", [0xC4, 0xE2, 0x7D, 0x31, 0x15], width: 8, immediate: 0),
        .init("vmovdqu ymm", [0xC5, 0xFE, 0x6F, 0x15], width: 32, immediate: 0),
        .init("vcmpps ymm", [0xC5, 0xEC, 0xC2, 0x1D], width: 32, immediate: 1),
        .init("vroundps ymm", [0xC4, 0xE3, 0x7D, 0x08, 0x1D], width: 32, immediate: 1),
        .init("vaddps zmm", [0x62, 0xF1, 0x74, 0x48, 0x58, 0x15], width: 64, immediate: 0),
        .init("vaddps zmm, repeated", [0x62, 0xF1, 0x74, 0x58, 0x58, 0x15], width: 4, immediate: 0),
        .init("vaddpd zmm, repeated", [0x62, 0xF1, 0xF5, 0x58, 0x58, 0x15], width: 8, immediate: 0),
        .init("vmovaps zmm", [0x62, 0xE1, 0x7C, 0x48, 0x28, 0x0D], width: 64, immediate: 0),
        .init("vaddss of EVEX", [0x62, 0xF1, 0x76, 0x00, 0x58, 0x15], width: 4, immediate: 0),
        .init("vbroadcastss zmm", [0x62, 0xF2, 0x7D, 0x48, 0x18, 0x1D], width: 4, immediate: 0),
        .init("vpternlogd, repeated", [0x62, 0xF3, 0x75, 0x58, 0x25, 0x15], width: 4, immediate: 1),
        .init("vpermt2d", [0x62, 0xF2, 0x75, 0x48, 0x7E, 0x15], width: 64, immediate: 0),
        .init("vfmadd213ss of EVEX", [0x62, 0xF2, 0x75, 0x00, 0xA9, 0x15], width: 4, immediate: 0),
        .init("vmovdqu8 zmm", [0x62, 0xF1, 0x7F, 0x48, 0x6F, 0x15], width: 64, immediate: 0),
        .init("vmovdqa64 xmm", [0x62, 0xE1, 0xFD, 0x08, 0x6F, 0x15], width: 16, immediate: 0),
        .init("movq", [0x48, 0x8B, 0x05], width: 8, immediate: 0),
        .init("cmpl, a byte", [0x83, 0x3D], width: 8, immediate: 1),
        .init("cmpl", [0x81, 0x3D], width: 8, immediate: 4),
        .init("cmpb", [0x80, 0x3D], width: 8, immediate: 1),
        .init("testb", [0xF6, 0x05], width: 1, immediate: 1),
        .init("movq, a number", [0x48, 0xC7, 0x05], width: 8, immediate: 4),
        .init("lea", [0x48, 0x8D, 0x05], width: 64, immediate: 0),
    ]

    @Test(arguments: instructions) func whatIsReadCounts(_ instruction: Instruction) throws {
        func print(changed place: Int?) throws -> UInt64 {
            var constant = (1...80).map { UInt8($0) }
            if let place { constant[place] ^= 0x80 }
            let tail = [UInt8](repeating: 7, count: instruction.immediate)
            let program = TinyProgram(
                functions: [
                    .init(
                        name: "kernel", bytes: [0x90, 0x90, 0x90] + instruction.bytes + [0, 0, 0, 0] + tail + [0xC3],
                        references: [
                            .init(
                                offset: 3 + instruction.bytes.count, type: 2,
                                target: .place(section: TinyProgram.data, of: "constant"),
                                addend: -4 - Int64(instruction.immediate))
                        ])
                ],
                data: [
                    .init(name: "before", bytes: [1, 2, 3, 4]),
                    .init(name: "constant", bytes: constant, isNameless: true),
                ])
            let code = try ProgramCode(program.bytes, path: "tiny")
            return code.fingerprint(of: try #require(code.functions.first))
        }
        let whole = try print(changed: nil)
        #expect(try print(changed: 0) != whole)
        #expect(try print(changed: instruction.width - 1) != whole)
        #expect(try print(changed: instruction.width) == whole)
    }
}

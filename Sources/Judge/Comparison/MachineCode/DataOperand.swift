/// How an instruction uses data at an address that the linker filled in. Only what is needed to separate the data from
/// its neighbours, since constants carry no length.
struct DataOperand {
    /// The most bytes that it reads.
    let width: Int
    /// The bytes of an immediate that follows the field in the same x86-64 instruction.
    let immediate: Int

    /// The widest vector; also used if only the address is taken and the data's type is unknown.
    static let widest = 64

    private init(width: Int, immediate: Int = 0) {
        self.width = width
        self.immediate = immediate
    }
}

extension DataOperand {
    /// The operand of the instruction with a field at an offset in code.
    init(at offset: Int, in code: [UInt8], of processor: ELFFile.Processor) {
        switch processor {
        case .x86_64:
            let before = code[max(0, offset - Self.reach)..<max(0, min(offset, code.count))]
            self = Self.x86(before)
        case .aarch64: self = Self.arm(CodeField.word(code, offset))
        }
    }

    /// The most bytes before a field that matter here: a prefix of four bytes, the opcode, the operands.
    static let reach = 6

    /// The operand of an x86-64 instruction, from the bytes before the field. They are read backwards. If the
    /// instruction looks like the end of a longer one, the result is wrong, but only makes a constant longer.
    static func x86(_ before: some BidirectionalCollection<UInt8>) -> DataOperand {
        let bytes = [UInt8](repeating: 0, count: reach - min(reach, before.count)) + before.suffix(reach)
        let (opcode, operands) = (bytes[4], bytes[5])
        // No register and no base: the address is relative to the instruction.
        guard operands & 0xC7 == 5 else { return DataOperand(width: widest) }
        let isEVEX = bytes[0] == 0x62 && bytes[1] & 8 == 0 && bytes[2] & 4 == 4
        if isEVEX {
            let isWide = bytes[2] & 0x80 != 0
            let isRepeated = bytes[3] & 0x10 != 0
            return vector(
                map: bytes[1] & 7, prefix: bytes[2] & 3, opcode, isWide: isWide,
                length: isRepeated ? (isWide ? 8 : 4) : 16 << min(2, Int(bytes[3] >> 5 & 3)))
        }
        if bytes[1] == 0xC4, 1...3 ~= bytes[2] & 31 {
            return vector(
                map: bytes[2] & 31, prefix: bytes[3] & 3, opcode, isWide: bytes[3] & 0x80 != 0,
                length: bytes[3] & 4 != 0 ? 32 : 16)
        }
        if bytes[2] == 0xC5 {
            return vector(map: 1, prefix: bytes[3] & 3, opcode, isWide: false, length: bytes[3] & 4 != 0 ? 32 : 16)
        }
        if bytes[3] == 0x0F {
            // Registers beyond the eighth take one more byte in between.
            let first = 0x40...0x4F ~= bytes[2] ? bytes[1] : bytes[2]
            let prefix: UInt8 = first == 0xF3 ? 2 : first == 0xF2 ? 3 : 0
            return vector(map: 1, prefix: prefix, opcode, isWide: false, length: 16)
        }
        if bytes[2] == 0x0F, bytes[3] == 0x38 || bytes[3] == 0x3A {
            return vector(map: bytes[3] == 0x38 ? 2 : 3, prefix: 0, opcode, isWide: false, length: 16)
        }
        return integer(opcode, isTest: operands & 0x30 == 0)
    }

    private static func integer(_ opcode: UInt8, isTest: Bool) -> DataOperand {
        switch opcode {
        case 0x8D: DataOperand(width: widest)
        case 0x69, 0x81, 0xC7: DataOperand(width: 8, immediate: 4)
        case 0x6B, 0x80, 0x83, 0xC0, 0xC1, 0xC6: DataOperand(width: 8, immediate: 1)
        case 0xF6 where isTest: DataOperand(width: 1, immediate: 1)
        case 0xF7 where isTest: DataOperand(width: 8, immediate: 4)
        default: DataOperand(width: 8)
        }
    }

    /// The operand of an instruction on vectors of this many bytes. Some read less: one element, or a narrower vector.
    private static func vector(
        map: UInt8, prefix: UInt8, _ opcode: UInt8, isWide: Bool, length: Int
    ) -> DataOperand {
        switch (map, opcode) {
        case (1, 0x70...0x73), (1, 0xA4), (1, 0xAC), (1, 0xBA), (1, 0xC2), (1, 0xC4...0xC6):
            DataOperand(width: prefix == 2 ? 4 : prefix == 3 ? 8 : length, immediate: 1)
        case (3, _): DataOperand(width: length, immediate: 1)
        // Moves of whole vectors, which may be unaligned.
        case (1, 0x6F): DataOperand(width: length)
        case (1, _): DataOperand(width: prefix == 2 ? 4 : prefix == 3 ? 8 : length)
        // Broadcasts.
        case (2, 0x18), (2, 0x58): DataOperand(width: 4)
        case (2, 0x19), (2, 0x59): DataOperand(width: 8)
        case (2, 0x1A), (2, 0x5A): DataOperand(width: 16)
        case (2, 0x1B), (2, 0x5B): DataOperand(width: 32)
        case (2, 0x78): DataOperand(width: 1)
        case (2, 0x79): DataOperand(width: 2)
        // Multiply-adds of a single element.
        case (2, 0x99...0xBF) where opcode & 9 == 9: DataOperand(width: isWide ? 8 : 4)
        // Integers that are widened.
        case (2, 0x20...0x25), (2, 0x30...0x35): DataOperand(width: length >> [1, 2, 3, 1, 2, 1][Int(opcode & 15)])
        default: DataOperand(width: length)
        }
    }

    /// The operand of an AArch64 instruction. ADRP only starts an address; a later instruction reads the data.
    private static func arm(_ instruction: UInt32) -> DataOperand {
        if instruction & 0x9F00_0000 == 0x9000_0000 { return DataOperand(width: 0) }
        // LDR, STR with an immediate in units of the access size.
        guard instruction & 0x3B00_0000 == 0x3900_0000 else { return DataOperand(width: widest) }
        let isWholeVector = instruction & 0x0480_0000 == 0x0480_0000
        return DataOperand(width: isWholeVector ? 16 : 1 << (instruction >> 30))
    }
}

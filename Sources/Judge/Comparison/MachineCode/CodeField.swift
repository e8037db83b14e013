/// The bits of code or data that depend on addresses. They are written by the linker, or by the assembler if both ends
/// are in one section.
struct CodeField {
    /// The offset from the start of the code or data.
    let start: Int
    /// The width in bytes, at most 8.
    let width: Int
    /// The bits among those bytes, little-endian.
    let mask: UInt64

    private init(_ start: Int, width: Int, mask: UInt64 = .max) {
        self.start = start
        self.width = width
        self.mask = mask
    }

    func clear(in bytes: inout [UInt8]) {
        for i in 0..<width where bytes.indices.contains(start + i) {
            bytes[start + i] &= ~UInt8(truncatingIfNeeded: mask >> (8 * UInt64(i)))
        }
    }
}

extension CodeField {
    /// The field that a relocation of this type covers, at an offset in code.
    init(relocation type: UInt32, at offset: Int, inCode bytes: [UInt8], of processor: ELFFile.Processor) {
        switch processor {
        case .x86_64: self = Self.x86(type, offset, bytes)
        case .aarch64: self = Self.arm(offset, bytes)
        }
    }

    /// The field that a relocation of this type covers, at an offset in data: a number whose width depends on the type.
    init(relocation type: UInt32, at offset: Int, inDataOf processor: ELFFile.Processor) {
        switch processor {
        case .x86_64: self = Self.x86(type, offset, [])
        // ABS64, PREL64; ABS16, PREL16.
        case .aarch64: self.init(offset, width: type == 257 || type == 260 ? 8 : type == 259 || type == 262 ? 2 : 4)
        }
    }

    /// The System V ABI's supplement for AMD64, table 4.9.
    private static func x86(_ type: UInt32, _ offset: Int, _ bytes: [UInt8]) -> CodeField {
        switch type {
        case 0, 35: CodeField(offset, width: 0)
        case 1, 16, 17, 18, 24, 25, 27...31, 33: CodeField(offset, width: 8)
        case 12, 13: CodeField(offset, width: 2)
        case 14, 15: CodeField(offset, width: 1)
        // GOTPCRELX: `jmp *f@GOTPCREL(%rip)` may have become `jmp f; nop`, whose field is one byte earlier.
        case 41 where offset >= 2 && bytes.indices.contains(offset - 2) && bytes[offset - 2] == 0xE9:
            CodeField(offset - 1, width: 4)
        default: CodeField(offset, width: 4)
        }
    }

    /// The immediate of an instruction, by the encodings in the Arm Architecture Reference Manual, C4.1. The
    /// instruction that the linker wrote says more than the relocation type.
    private static func arm(_ offset: Int, _ bytes: [UInt8]) -> CodeField {
        guard offset >= 0, offset + 4 <= bytes.count else { return CodeField(offset, width: 0) }
        let instruction = word(bytes, offset)
        let immediates: [(bits: UInt32, value: UInt32, immediate: UInt64)] = [
            (0x7C00_0000, 0x1400_0000, 0x03FF_FFFF),  // B, BL
            (0x1F00_0000, 0x1000_0000, 0x60FF_FFE0),  // ADR, ADRP
            (0x1F80_0000, 0x1100_0000, 0x003F_FC00),  // ADD, SUB
            (0x3B00_0000, 0x3900_0000, 0x003F_FC00),  // LDR, STR
            (0x3B00_0000, 0x1800_0000, 0x00FF_FFE0),  // PC-relative LDR
            (0x1F80_0000, 0x1280_0000, 0x001F_FFE0),  // MOVN, MOVZ, MOVK
            (0xFE00_0000, 0x5400_0000, 0x00FF_FFE0),  // B.cond
            (0x7E00_0000, 0x3400_0000, 0x00FF_FFE0),  // CBZ, CBNZ
            (0x7E00_0000, 0x3600_0000, 0x0007_FFE0),  // TBZ, TBNZ
        ]
        let found = immediates.first { instruction & $0.bits == $0.value }
        return CodeField(offset, width: 4, mask: found?.immediate ?? 0)
    }
}

extension CodeField {
    /// The field at an offset in code, and where it leads relative to the start of the code, if it may be a jump, a
    /// call or an address of code in the same section; otherwise nil.
    ///
    /// Bytes that only look like one are recognised because they do not lead to the start of a function.
    static func branch(at place: Int, in bytes: [UInt8], of processor: ELFFile.Processor) -> (CodeField, target: Int)? {
        switch processor {
        case .x86_64:
            let next = place + 1 < bytes.count ? bytes[place + 1] : 0
            let field: Int
            switch bytes[place] {
            case 0xE8, 0xE9: field = place + 1
            case 0x0F where next & 0xF0 == 0x80: field = place + 2
            case 0x8D where next & 0xC7 == 5: field = place + 2
            default: return nil
            }
            guard field + 4 <= bytes.count else { return nil }
            let distance = Int(Int32(truncatingIfNeeded: word(bytes, field)))
            return (CodeField(field, width: 4), field + 4 + distance)
        case .aarch64:
            guard place % 4 == 0, place + 4 <= bytes.count else { return nil }
            let instruction = word(bytes, place)
            guard instruction & 0x7C00_0000 == 0x1400_0000 else { return nil }
            let distance = Int(Int32(truncatingIfNeeded: instruction << 6) >> 6) * 4
            return (CodeField(place, width: 4, mask: 0x03FF_FFFF), place + distance)
        }
    }

    /// Whether the field that a relocation covers belongs to a call or a jump.
    static func isCall(relocation type: UInt32, at offset: Int, in code: [UInt8], of processor: ELFFile.Processor)
        -> Bool
    {
        switch processor {
        case .x86_64:
            guard offset >= 2, offset <= code.count else { return offset == 1 && 0xE8...0xE9 ~= code[0] }
            let (before, last) = (code[offset - 2], code[offset - 1])
            let isDirect = last == 0xE8 || last == 0xE9 || before == 0x0F && last & 0xF0 == 0x80
            // Through the table of functions defined in libraries.
            return isDirect || before == 0xFF && (last == 0x15 || last == 0x25)
        // JUMP26, CALL26.
        case .aarch64: return type == 282 || type == 283
        }
    }

    /// A little-endian number of four bytes, or 0 if it does not fit.
    static func word(_ bytes: [UInt8], _ place: Int) -> UInt32 {
        guard place >= 0, place + 4 <= bytes.count else { return 0 }
        return (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << (8 * UInt32($1)) }
    }
}

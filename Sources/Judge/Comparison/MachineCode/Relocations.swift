import Foundation

/// A field that the linker filled in, and what it refers to: kept in the program by the linker's `--emit-relocs`.
struct Relocation: Sendable {
    let address: UInt64
    let type: UInt32
    /// The index in the symbol table.
    let symbol: Int
    let addend: Int64
}

/// All relocations of the loaded sections, by address.
struct Relocations: Sendable {
    /// Those in code and data, without the relocations that the loader applies.
    let all: [Relocation]
    /// Whether the linker kept the relocations of the code.
    let coverCode: Bool

    init(_ file: ELFFile) {
        var all: [Relocation] = []
        var coverCode = false
        for table in file.sections where table.type == ELFFile.SectionType.relocations && !table.isLoaded {
            guard file.sections.indices.contains(table.info) else { continue }
            let target = file.sections[table.info]
            guard target.isLoaded, target.name != ".eh_frame" else { continue }
            if target.isCode { coverCode = true }
            all += Self.relocations(file.bytes, table.range)
        }
        self.all = all.sorted { $0.address < $1.address }
        self.coverCode = coverCode
    }

    private static func relocations(_ bytes: Data, _ range: Range<Int>) -> [Relocation] {
        bytes.withUnsafeBytes { all in
            stride(from: range.lowerBound, to: range.upperBound - 23, by: 24).map { place in
                func load(_ offset: Int) -> UInt64 {
                    UInt64(littleEndian: all.loadUnaligned(fromByteOffset: place + offset, as: UInt64.self))
                }
                let info = load(8)
                return Relocation(
                    address: load(0), type: UInt32(truncatingIfNeeded: info), symbol: Int(info >> 32),
                    addend: Int64(bitPattern: load(16)))
            }
        }
    }

    /// The relocations in this many bytes from an address.
    func within(_ start: UInt64, count: Int) -> ArraySlice<Relocation> {
        let first = all.partitioningIndex { $0.address >= start }
        let (end, overflow) = start.addingReportingOverflow(UInt64(count))
        return all[first..<(overflow ? all.endIndex : all.partitioningIndex { $0.address >= end })]
    }
}

extension Relocation {
    /// The address that the relocation refers to, given its symbol.
    ///
    /// In x86-64 code, distances count from the end of the instruction, and the addend compensates for that.
    func target(from symbol: SymbolTable.Symbol, in file: ELFFile) -> UInt64 {
        let target = symbol.address &+ UInt64(bitPattern: addend)
        // PC32 and PLT32.
        guard file.processor == .x86_64, type == 2 || type == 4, let section = file.section(at: address),
            section.isCode,
            let place = file.offset(of: address, in: section)
        else { return target }
        let before = max(section.range.lowerBound, place - DataOperand.reach)..<place
        let operand = DataOperand.x86(
            file.bytes[file.bytes.startIndex + before.lowerBound..<file.bytes.startIndex + place])
        return target &+ 4 &+ UInt64(operand.immediate)
    }
}

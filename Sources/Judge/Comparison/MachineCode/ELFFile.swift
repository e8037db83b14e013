import Foundation
import Platform
import Results

/// The sections of a program or shared library: 64-bit little-endian ELF, as in the System V ABI, chapter 4.
struct ELFFile: Sendable {
    enum Processor: UInt16, Sendable {
        case x86_64 = 62
        case aarch64 = 183
    }

    struct Section: Sendable {
        let name: String
        let type: UInt32
        let flags: UInt64
        /// The address when the program is loaded.
        let address: UInt64
        /// The size in memory; the file holds as many bytes, or none.
        let size: UInt64
        /// The range of the file's bytes.
        let range: Range<Int>
        let link: Int
        /// For relocations, the section that they apply to.
        let info: Int

        var isLoaded: Bool { flags & 2 != 0 }
        var isCode: Bool { flags & 4 != 0 }
        var isThreadLocal: Bool { flags & 0x400 != 0 }

        func holds(_ place: UInt64) -> Bool { place >= address && place - address < size }
    }

    enum SectionType {
        static let symbols: UInt32 = 2
        static let relocations: UInt32 = 4
        static let notes: UInt32 = 7
        static let noBits: UInt32 = 8
        static let dynamicSymbols: UInt32 = 11
    }

    let path: String
    let bytes: Data
    let processor: Processor
    let sections: [Section]

    /// Maps the file into memory; only the parts in use are read.
    init(path: String) throws(MachineCodeError) {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        } catch {
            throw MachineCodeError(
                path: path, message: "cannot be read: \(systemWords(error))", remedy: "check the path")
        }
        try self.init(bytes, path: path)
    }

    /// `path` is only used in error messages.
    init(_ bytes: Data, path: String) throws(MachineCodeError) {
        self.path = path
        self.bytes = bytes
        guard bytes.starts(with: [0x7F, 0x45, 0x4C, 0x46, 2, 1]), let machine = bytes.number(18, as: UInt16.self) else {
            throw MachineCodeError(
                path: path, message: "not a program for 64-bit Linux", remedy: "give one that this toolchain built")
        }
        guard let processor = Processor(rawValue: machine) else {
            throw MachineCodeError(
                path: path, message: "for an unknown processor (ELF machine \(machine))",
                remedy: "give a program for x86-64 or AArch64")
        }
        self.processor = processor
        sections = try Self.sections(of: bytes, path: path)
    }

    private static func sections(of bytes: Data, path: String) throws(MachineCodeError) -> [Section] {
        guard let table = bytes.number(40, as: UInt64.self).flatMap({ Int(exactly: $0) }),
            let count = bytes.number(60, as: UInt16.self), let names = bytes.number(62, as: UInt16.self),
            table <= bytes.count, bytes.count - table >= Int(count) * 64
        else { throw .damaged(path, "its table of sections") }
        let nameStart = bytes.number(table + Int(names) * 64 + 24, as: UInt64.self).flatMap { Int(exactly: $0) }
        var sections: [Section] = []
        for header in stride(from: table, to: table + Int(count) * 64, by: 64) {
            func field(_ offset: Int) -> UInt64 { bytes.number(header + offset, as: UInt64.self) ?? 0 }
            func half(_ offset: Int) -> UInt32 { bytes.number(header + offset, as: UInt32.self) ?? 0 }
            let (start, size, type) = (field(24), field(32), half(4))
            let stored = type == SectionType.noBits || type == 0 ? 0 : size
            guard start <= UInt64(bytes.count) || stored == 0,
                stored <= UInt64(bytes.count) - min(start, UInt64(bytes.count))
            else { throw .damaged(path, "section \(sections.count)") }
            let first = stored == 0 ? 0 : Int(start)
            sections.append(
                Section(
                    name: nameStart.flatMap { bytes.text($0, offset: Int(half(0))) } ?? "", type: type, flags: field(8),
                    address: field(16), size: size, range: first..<first + Int(stored), link: Int(half(40)),
                    info: Int(half(44))))
        }
        return sections
    }

    /// The loaded section that contains an address.
    func section(at address: UInt64) -> Section? {
        sections.first { $0.isLoaded && !$0.isThreadLocal && $0.holds(address) }
    }

    /// The file offset of an address in a section; nil if the address is outside the section or not in the file.
    func offset(of address: UInt64, in section: Section) -> Int? {
        guard section.holds(address), address - section.address < UInt64(section.range.count) else { return nil }
        return section.range.lowerBound + Int(address - section.address)
    }

    /// The linker's identification of the build (NT_GNU_BUILD_ID); empty if there is none.
    var buildID: Data {
        for section in sections where section.type == SectionType.notes && section.name == ".note.gnu.build-id" {
            return bytes[bytes.startIndex + section.range.lowerBound..<bytes.startIndex + section.range.upperBound]
        }
        return Data()
    }
}

extension Data {
    /// A little-endian number at an offset from the start; nil if it does not fit.
    func number<Number: FixedWidthInteger>(_ offset: Int, as type: Number.Type) -> Number? {
        guard offset >= 0, offset <= count - MemoryLayout<Number>.size else { return nil }
        return withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self)) }
    }

    /// The text at an offset in a table of names, up to the next zero byte; nil if it is outside the file.
    func text(_ table: Int, offset: Int) -> String? {
        withUnsafeBytes { all in
            let (start, overflow) = table.addingReportingOverflow(offset)
            guard !overflow, start >= 0, start < all.count, let end = all[start...].firstIndex(of: 0) else {
                return nil
            }
            return String(decoding: all[start..<end], as: UTF8.self)
        }
    }
}

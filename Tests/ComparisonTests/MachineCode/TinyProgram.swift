import Foundation

/// A program as a linker would write it, of a few functions, some data and what refers to what.
struct TinyProgram {
    enum Target {
        /// A function or data by its name.
        case name(String)
        /// A place in a section: what assemblers make of a local name.
        case place(section: Int, of: String)
    }

    struct Reference {
        let offset: Int
        let type: UInt32
        let target: Target
        /// -4 at the end of an instruction of x86-64.
        var addend: Int64 = -4
    }

    struct Item {
        let name: String
        var bytes: [UInt8]
        var references: [Reference] = []
        /// Data that an assembler keeps no symbol for.
        var isNameless = false
        /// Whether its symbol says how long it is.
        var isSized = true
        /// Whether the linker's work is done in the bytes, or they are what it made of them.
        var isFilled = true
    }

    static let text = 1
    static let data = 2

    var machine: UInt16 = 62
    var functions: [Item]
    var data: [Item] = []
    /// Where the sections are loaded.
    var textAddress: UInt64 = 0x1000
    var dataAddress: UInt64 = 0x9000
    var keepsRelocations = true
    var keepsSymbols = true
    var buildID: [UInt8] = []

    var bytes: Data {
        var (places, contents, items) = (
            [String: UInt64](), [[UInt8]](repeating: [], count: 3), [(Int, Item, UInt64)]()
        )
        for (section, address, all) in [(Self.text, textAddress, functions), (Self.data, dataAddress, data)] {
            for item in all {
                contents[section] += Self.padding(contents[section].count, to: 16)
                places[item.name] = address + UInt64(contents[section].count)
                items.append((section, item, address + UInt64(contents[section].count)))
                contents[section] += item.bytes
            }
        }
        let addresses = [0, textAddress, dataAddress]
        var names = [UInt8](0...0)
        func name(_ text: String) -> UInt32 {
            defer { names += Array(text.utf8) + [0] }
            return UInt32(names.count)
        }
        var symbols = [UInt8](repeating: 0, count: 24)
        var indices: [String: UInt64] = [:]
        for section in [Self.text, Self.data] { symbols += Self.symbol(0, 3, section, addresses[section], 0) }
        for (section, item, address) in items where !item.isNameless {
            indices[item.name] = UInt64(symbols.count / 24)
            symbols += Self.symbol(
                name(item.name), item.isSized ? (section == Self.text ? 2 : 1) : 0, section, address,
                item.isSized ? item.bytes.count : 0)
        }
        var relocations: [UInt8] = []
        for (section, item, address) in items {
            for reference in item.references {
                let (symbol, target, addend): (UInt64, UInt64, Int64) =
                    switch reference.target {
                    case .name(let name): (indices[name] ?? 0, places[name] ?? 0, reference.addend)
                    case .place(let section, let name):
                        (
                            UInt64(section), places[name] ?? 0,
                            Int64(places[name] ?? 0) - Int64(addresses[section]) + reference.addend
                        )
                    }
                let place = address + UInt64(reference.offset)
                relocations += Self.number(place) + Self.number(symbol << 32 | UInt64(reference.type))
                relocations += Self.number(UInt64(bitPattern: addend))
                let distance = Int64(target) + reference.addend - Int64(place)
                let start = Int(place - addresses[section])
                if item.isFilled { fill(&contents[section], start, distance) }
            }
        }
        let sections:
            [(name: String, type: UInt32, flags: UInt64, address: UInt64, bytes: [UInt8], link: UInt32, info: UInt32)] =
                [
                    (".text", 1, 6, textAddress, contents[1], 0, 0), (".rodata", 1, 2, dataAddress, contents[2], 0, 0),
                    (keepsSymbols ? ".symtab" : ".gone", keepsSymbols ? 2 : 1, 0, 0, symbols, 4, 3),
                    (".strtab", 3, 0, 0, names, 0, 0),
                    (".rela.text", keepsRelocations ? 4 : 1, 0, 0, relocations, 3, 1),
                    (".note.gnu.build-id", 7, 0, 0, buildID, 0, 0),
                ]
        return Self.file(machine: machine, sections)
    }

    /// Writes a distance as the linker does: into the instruction of AArch64, or into four bytes.
    private func fill(_ contents: inout [UInt8], _ start: Int, _ distance: Int64) {
        var word = (0..<4).reduce(UInt32(0)) { $0 | UInt32(contents[start + $1]) << (8 * UInt32($1)) }
        word =
            machine == 183
            ? word | UInt32(truncatingIfNeeded: distance >> 2) & 0x03FF_FFFF : UInt32(truncatingIfNeeded: distance)
        contents.replaceSubrange(start..<start + 4, with: Self.number(word))
    }

    private static func file(
        machine: UInt16,
        _ sections: [(
            name: String, type: UInt32, flags: UInt64, address: UInt64, bytes: [UInt8], link: UInt32, info: UInt32
        )]
    ) -> Data {
        let names = [(".shstrtab", UInt32(3))] + sections.map { ($0.name, $0.type) }
        var (table, places) = ([UInt8](0...0), [UInt32]())
        for (name, _) in names {
            places.append(UInt32(table.count))
            table += Array(name.utf8) + [0]
        }
        var body = [UInt8](repeating: 0, count: 64)
        var headers = [UInt8](repeating: 0, count: 64)
        for (index, section) in sections.enumerated() {
            body += padding(body.count, to: 16)
            headers +=
                number(places[index + 1]) + number(section.type) + number(section.flags) + number(section.address)
            headers += number(UInt64(body.count)) + number(UInt64(section.bytes.count)) + number(section.link)
            headers += number(section.info) + number(UInt64(1)) + number(UInt64(0))
            body += section.bytes
        }
        headers += number(places[0]) + number(UInt32(3)) + number(UInt64(0)) + number(UInt64(0))
        headers += number(UInt64(body.count)) + number(UInt64(table.count)) + number(UInt64(0)) + number(UInt64(1))
        headers += number(UInt64(0))
        body += table
        let header: [UInt8] =
            [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0] + number(UInt64(0)) + number(UInt16(3)) + number(machine)
            + number(UInt32(1)) + number(UInt64(0)) + number(UInt64(0)) + number(UInt64(body.count)) + number(UInt32(0))
            + number(UInt16(64)) + number(UInt16(0)) + number(UInt16(0)) + number(UInt16(64))
            + number(UInt16(sections.count + 2)) + number(UInt16(sections.count + 1))
        body.replaceSubrange(0..<64, with: header)
        return Data(body + headers)
    }

    private static func symbol(_ name: UInt32, _ kind: UInt8, _ section: Int, _ address: UInt64, _ size: Int) -> [UInt8]
    {
        number(name) + [kind, 0] + number(UInt16(section)) + number(address) + number(UInt64(size))
    }

    private static func padding(_ count: Int, to alignment: Int) -> [UInt8] {
        [UInt8](repeating: 0xCC, count: (alignment - count % alignment) % alignment)
    }

    private static func number(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}

extension TinyProgram {
    /// A kernel that calls a function, loads a constant of the pool, and takes the address of a named table and of a text.
    static var example: TinyProgram {
        TinyProgram(
            functions: [
                Item(name: "other", bytes: [0xB8, 1, 0, 0, 0, 0xC3]),
                Item(
                    name: "kernel",
                    bytes: [0xE8, 0, 0, 0, 0]  // call helper
                        + [0xC5, 0xFA, 0x10, 0x05, 0, 0, 0, 0]  // vmovss constant(%rip), %xmm0
                        + [0x48, 0x8D, 0x05, 0, 0, 0, 0]  // lea table(%rip), %rax
                        + [0x48, 0x8D, 0x3D, 0, 0, 0, 0]  // lea text(%rip), %rdi
                        + [0x83, 0x3D, 0, 0, 0, 0, 7]  // cmpl $7, state(%rip)
                        + [0xC3],
                    references: [
                        Reference(offset: 1, type: 4, target: .name("helper")),
                        Reference(offset: 9, type: 2, target: .place(section: data, of: ".LCPI1_0")),
                        Reference(offset: 16, type: 2, target: .name("table")),
                        Reference(offset: 23, type: 2, target: .name(".L.str.3")),
                        Reference(offset: 29, type: 2, target: .place(section: data, of: "state"), addend: -5),
                    ]),
                Item(name: "helper", bytes: [0x31, 0xC0, 0xC3]),
            ],
            data: [
                Item(name: ".LCPI0_0", bytes: [0, 0, 0, 0x40], isSized: false),
                Item(name: ".LCPI1_0", bytes: [0, 0, 0x80, 0x3F], isNameless: true),
                Item(name: "next", bytes: [9, 9, 9, 9]),
                Item(name: ".L.str.3", bytes: Array("/home/one/kernel.c".utf8) + [0]),
                Item(name: "table", bytes: [1, 2, 3, 4]),
                Item(name: "state", bytes: [0, 0, 0, 0]),
            ])
    }

    /// The same code in another place: among functions and data that are new, in another order, under other numbers.
    static var moved: TinyProgram {
        var program = example
        program.functions.insert(Item(name: "new", bytes: [UInt8](repeating: 0x90, count: 33) + [0xC3]), at: 1)
        program.functions.append(program.functions.removeFirst())
        program.data.insert(Item(name: ".LCPI0_1", bytes: [5, 6, 7, 8, 9, 10, 11, 12], isSized: false), at: 0)
        program.data.swapAt(1, 4)
        program.data.insert(Item(name: "inserted", bytes: [8, 8]), at: program.data.count - 1)
        program.textAddress = 0x2040
        program.dataAddress = 0x20000
        return program
    }

    mutating func change(_ name: String, _ body: (inout Item) -> Void) {
        for i in functions.indices where functions[i].name == name { body(&functions[i]) }
        for i in data.indices where data[i].name == name { body(&data[i]) }
    }
}

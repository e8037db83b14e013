import Foundation

/// The functions and data of a program by name and by address.
struct SymbolTable: Sendable {
    struct Symbol: Sendable {
        enum Kind: UInt8, Sendable {
            case none, object, function, section, file, common, threadLocal
            case other = 255
        }

        let kind: Kind
        /// The offset in the table of names.
        let name: Int
        let section: Int
        let address: UInt64
        let size: UInt64
    }

    /// The start and size of a function or of data.
    struct Extent: Sendable {
        let start: UInt64
        let size: UInt64
        /// The index in the symbol table.
        let symbol: Int
    }

    /// In the order of their indexes, which relocations use.
    let symbols: [Symbol]
    /// Functions with code, by address; of several names for one address, the first in alphabetical order.
    let functions: [Extent]
    /// Data with a name, by address.
    let data: [Extent]
    private let byName: [String: [Int]]
    private let file: ELFFile
    private let names: Int

    /// Empty for a program without symbols; for a stripped shared library, the exported symbols.
    init(_ file: ELFFile) throws(MachineCodeError) {
        self.file = file
        let tables = file.sections.filter { $0.type == ELFFile.SectionType.symbols }
        guard let table = tables.first ?? file.sections.first(where: { $0.type == ELFFile.SectionType.dynamicSymbols })
        else {
            (symbols, functions, data, byName, names) = ([], [], [], [:], 0)
            return
        }
        guard file.sections.indices.contains(table.link) else { throw .damaged(file.path, "the table of names") }
        names = file.sections[table.link].range.lowerBound
        symbols = Self.symbols(file.bytes, table.range)

        var (functions, data): ([(extent: Extent, name: String)], [Extent]) = ([], [])
        for (index, symbol) in symbols.enumerated() where file.sections.indices.contains(symbol.section) {
            let section = file.sections[symbol.section]
            guard symbol.section != 0, section.isLoaded, !section.isThreadLocal, section.holds(symbol.address),
                symbol.size <= section.size - (symbol.address - section.address)
            else { continue }
            let extent = Extent(start: symbol.address, size: symbol.size, symbol: index)
            switch symbol.kind {
            case .function where symbol.size > 0 && section.isCode:
                functions.append((extent, Self.name(symbol, file, names)))
            case .object where !section.isCode, .none where !section.isCode: data.append(extent)
            default: continue
            }
        }
        functions.sort { ($0.extent.start, $0.name) < ($1.extent.start, $1.name) }
        var (kept, byName): ([Extent], [String: [Int]]) = ([], [:])
        for (extent, name) in functions {
            if kept.last?.start != extent.start { kept.append(extent) }
            byName[name, default: []].append(kept.count - 1)
        }
        self.functions = kept
        self.byName = byName
        self.data = data.sorted { ($0.start, $0.size, $0.symbol) < ($1.start, $1.size, $1.symbol) }
    }

    private static func symbols(_ bytes: Data, _ range: Range<Int>) -> [Symbol] {
        bytes.withUnsafeBytes { all in
            stride(from: range.lowerBound, to: range.upperBound - 23, by: 24).map { place in
                func load<Number: FixedWidthInteger>(_ offset: Int, _: Number.Type) -> Number {
                    Number(littleEndian: all.loadUnaligned(fromByteOffset: place + offset, as: Number.self))
                }
                return Symbol(
                    kind: Symbol.Kind(rawValue: load(4, UInt8.self) & 15) ?? .other, name: Int(load(0, UInt32.self)),
                    section: Int(load(6, UInt16.self)), address: load(8, UInt64.self), size: load(16, UInt64.self))
            }
        }
    }

    /// The name of a symbol, empty if it has none.
    func name(_ symbol: Int) -> String { Self.name(symbols[symbol], file, names) }

    /// Without the library version that some linkers append: `hypot@GLIBC_2.35`.
    private static func name(_ symbol: Symbol, _ file: ELFFile, _ names: Int) -> String {
        let name = file.bytes.text(names, offset: symbol.name) ?? ""
        return name.utf8.firstIndex(of: UInt8(ascii: "@")).map { String(name[..<$0]) } ?? name
    }

    /// The indexes of the functions with a name; several C files may each have one.
    func functions(named name: String) -> [Int] { byName[name] ?? [] }

    /// The names of all functions.
    var functionNames: Dictionary<String, [Int]>.Keys { byName.keys }

    /// The index of the function that contains an address.
    func function(at address: UInt64) -> Int? { functions.extent(holding: address) }

    /// The index of the function that begins at an address.
    func function(startingAt address: UInt64) -> Int? {
        let index = functions.lastIndex(from: address)
        return index.flatMap { functions[$0].start == address ? $0 : nil }
    }

    /// The named data that contain an address.
    func data(at address: UInt64) -> Extent? { data.extent(holding: address).map { data[$0] } }
}

extension [SymbolTable.Extent] {
    /// The last extent that begins at or before an address.
    func lastIndex(from address: UInt64) -> Int? {
        let after = partitioningIndex { $0.start > address }
        return after > 0 ? after - 1 : nil
    }

    fileprivate func extent(holding address: UInt64) -> Int? {
        lastIndex(from: address).flatMap { address - self[$0].start < self[$0].size ? $0 : nil }
    }
}

extension RandomAccessCollection where Index == Int {
    /// The first index from which a condition holds for all later elements.
    func partitioningIndex(where holds: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if holds(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

import Foundation

/// The machine code of a function, independent of its own address and the addresses that it uses.
///
/// All fields that depend on addresses are zero in the bytes. They are followed by what each field refers to: the name
/// of the function or data or, without a stable name, as with constants in a pool, the contents.
struct NormalForm {
    let program: ProgramCode
    private let symbols: SymbolTable
    private let processor: ELFFile.Processor
    /// Whether functions without a stable name are described by their code; not done again within such code.
    private let looksInside: Bool

    init(_ program: ProgramCode) { self.init(program, looksInside: true) }

    private init(_ program: ProgramCode, looksInside: Bool) {
        self.program = program
        symbols = program.symbols
        processor = program.file.processor
        self.looksInside = looksInside
    }

    /// Describes named data: the contents and, for addresses among them, what these refer to.
    func value(_ data: SymbolTable.Extent) -> [UInt8] {
        var text: [UInt8] = []
        guard data.size > 0 else { return text }
        describeData(from: data.start, size: data.size, nil, &text)
        return text
    }

    func code(of index: Int) -> [UInt8] {
        let start = symbols.functions[index].start
        var code = program.code(of: index)
        var references: [UInt8] = []
        func refer(at place: Int, _ text: (inout [UInt8]) -> Void) {
            withUnsafeBytes(of: UInt32(truncatingIfNeeded: place).littleEndian) { references += $0 }
            text(&references)
            references.append(0)
        }
        var place = 0
        for relocation in program.relocations.within(start, count: code.count) {
            let offset = Int(relocation.address - start)
            let field = CodeField(relocation: relocation.type, at: offset, inCode: code, of: processor)
            scan(&code, place..<max(place, field.start), start, refer)
            let operand = DataOperand(at: offset, in: code, of: processor)
            refer(at: offset) { describe(relocation, operand, &$0) }
            field.clear(in: &code)
            place = max(place, field.start + field.width)
        }
        scan(&code, place..<max(place, code.count), start, refer)
        return code + references
    }

    /// Finds branches to other functions that have no relocation, since the assembler resolves those within one
    /// section.
    private func scan(
        _ code: inout [UInt8], _ range: Range<Int>, _ start: UInt64,
        _ refer: (Int, (inout [UInt8]) -> Void) -> Void
    ) {
        var place = range.lowerBound
        while place < range.upperBound {
            defer { place += 1 }
            guard let (field, target) = CodeField.branch(at: place, in: code, of: processor),
                field.start + field.width <= range.upperBound, !code.indices.contains(target),
                let other = symbols.function(startingAt: start &+ UInt64(bitPattern: Int64(target)))
            else { continue }
            refer(field.start) { describeFunction(other, &$0) }
            field.clear(in: &code)
            place = field.start + field.width - 1
        }
    }

    // MARK: What a place refers to

    private func describe(_ relocation: Relocation, _ operand: DataOperand, _ text: inout [UInt8]) {
        guard symbols.symbols.indices.contains(relocation.symbol) else { return }
        let symbol = symbols.symbols[relocation.symbol]
        let name = symbols.name(relocation.symbol)
        if symbol.kind == .section {
            describe(relocation.target(from: symbol, in: program.file), operand, &text)
            return
        }
        if SymbolName.isStable(name) {
            text += name.utf8
        } else if let function = symbols.function(startingAt: symbol.address), symbol.kind == .function {
            describeFunction(function, &text)
        } else {
            describeData(from: symbol.address, size: symbol.size, operand, &text)
        }
        text += "\(relocation.addend)".utf8
    }

    private func describe(_ place: UInt64, _ operand: DataOperand, _ text: inout [UInt8]) {
        guard let section = program.file.section(at: place) else { return }
        if section.isCode {
            guard let function = symbols.function(at: place) else { return }
            describeFunction(function, &text)
            text += "+\(place - symbols.functions[function].start)".utf8
            return
        }
        guard let data = symbols.data(at: place) else {
            describeData(from: place, size: 0, operand, &text)
            return
        }
        let name = symbols.name(data.symbol)
        if SymbolName.isStable(name) {
            text += name.utf8
        } else {
            describeData(from: data.start, size: data.size, operand, &text)
        }
        text += "+\(place - data.start)".utf8
    }

    private func describeFunction(_ index: Int, _ text: inout [UInt8]) {
        let name = symbols.name(symbols.functions[index].symbol)
        if SymbolName.isStable(name) {
            text += name.utf8
        } else if looksInside {
            text += NormalForm(program, looksInside: false).code(of: index)
        }
    }

    /// More contents would say no more about the data.
    private static let longest = 4096

    /// Whether this is Swift's description of the variables that a closure captures: data without a name, whose end no
    /// reference shows. Its kind is `HeapLocalVariable` in MetadataKind.def.
    private static func isContext(_ contents: [UInt8]) -> Bool {
        contents.count > contextLength && CodeField.word(contents, 0) == 0x400 && CodeField.word(contents, 4) == 0
    }

    /// The kind, the offset of the first variable, and the address of the description of all.
    private static let contextLength = 24

    /// The contents. If the size is unknown, as much as the instruction reads, up to where something else begins.
    private func describeData(
        from start: UInt64, size: UInt64, _ operand: DataOperand?, _ text: inout [UInt8]
    ) {
        let next = program.boundaries.partitioningIndex { $0 > start }
        let room = next < program.boundaries.endIndex ? program.boundaries[next] - start : .max
        let length = size > 0 ? min(Int(clamping: size), Self.longest) : min(Int(clamping: room), operand?.width ?? 0)
        var contents = program.contents(from: start, count: length)
        if size == 0, Self.isContext(contents) { contents.removeLast(contents.count - Self.contextLength) }
        var names: [UInt8] = []
        for relocation in program.relocations.within(start, count: contents.count) {
            CodeField(
                relocation: relocation.type, at: Int(relocation.address - start), inDataOf: processor
            ).clear(in: &contents)
            guard symbols.symbols.indices.contains(relocation.symbol) else { continue }
            let name = symbols.name(relocation.symbol)
            if SymbolName.isStable(name) { names += name.utf8 }
        }
        text += Self.withoutFolder(contents) + names
    }

    /// The last part of a text that is an absolute path: asserts name their file by the folder where it was built.
    private static func withoutFolder(_ contents: [UInt8]) -> ArraySlice<UInt8> {
        let slash = UInt8(ascii: "/")
        guard contents.first == slash, contents.last == 0, !contents.dropLast().contains(where: { $0 < 0x20 }) else {
            return contents[...]
        }
        return contents[(contents.lastIndex(of: slash) ?? 0)...]
    }
}

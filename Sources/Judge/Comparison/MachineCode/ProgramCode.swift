import Foundation
import Platform
import Results

/// The functions of a program on disk, and what is needed to tell whether two programs have the same ones.
package struct ProgramCode: Sendable {
    let file: ELFFile
    let symbols: SymbolTable
    let relocations: Relocations
    /// Where unnamed data begin, as far as references show.
    let boundaries: [UInt64]

    /// A function with its code.
    package struct Function: Sendable, Hashable {
        /// The name as the compiler wrote it.
        package let name: String
        let index: Int
        /// In the virtual addresses of the file.
        package let address: UInt64
        /// In bytes.
        package let size: Int
    }

    /// Reads a program or a shared library: some megabytes of tables. Code is read only on demand.
    package init(path: String) throws(MachineCodeError) { try self.init(ELFFile(path: path)) }

    /// Reads a program from memory; `path` is only used in error messages.
    package init(_ bytes: Data, path: String) throws(MachineCodeError) { try self.init(ELFFile(bytes, path: path)) }

    private init(_ file: ELFFile) throws(MachineCodeError) {
        self.file = file
        symbols = try SymbolTable(file)
        relocations = Relocations(file)
        boundaries = Self.boundaries(file, symbols, relocations)
    }

    /// Whether the linker kept the relocations of the code, so that code at other addresses can be compared.
    package var hasRelocations: Bool { relocations.coverCode }

    /// All functions, by address.
    package var functions: [Function] { symbols.functions.indices.map { function($0) } }

    func function(_ index: Int) -> Function {
        let extent = symbols.functions[index]
        return Function(
            name: symbols.name(extent.symbol), index: index, address: extent.start, size: Int(clamping: extent.size))
    }

    /// The functions of a name; several C files may each have one.
    package func functions(named name: String) -> [Function] { symbols.functions(named: name).map(function) }

    /// The function that contains an address.
    package func function(at address: UInt64) -> Function? { symbols.function(at: address).map(function) }

    /// A hash of the machine code that does not depend on addresses: each field that the linker filled in counts as
    /// what it refers to. Without relocations, a hash of the bytes as they are.
    package func fingerprint(of function: Function) -> UInt64 {
        Fingerprint.of(hasRelocations ? NormalForm(self).code(of: function.index) : code(of: function.index))
    }

    /// A hash of the bytes in the file.
    func exactFingerprint(of function: Function) -> UInt64 { Fingerprint.of(code(of: function.index)) }

    /// The bytes of a function.
    func code(of index: Int) -> [UInt8] {
        let extent = symbols.functions[index]
        return contents(from: extent.start, count: Int(clamping: extent.size))
    }

    /// This many bytes of a loaded section, or as many as it has.
    func contents(from address: UInt64, count: Int) -> [UInt8] {
        guard let section = file.section(at: address), let offset = file.offset(of: address, in: section) else {
            return []
        }
        let end = offset + min(section.range.upperBound - offset, count)
        return [UInt8](file.bytes[file.bytes.startIndex + offset..<file.bytes.startIndex + end])
    }

    private static func boundaries(
        _ file: ELFFile, _ symbols: SymbolTable, _ relocations: Relocations
    ) -> [UInt64] {
        var places = symbols.data.map(\.start)
        for relocation in relocations.all {
            guard symbols.symbols.indices.contains(relocation.symbol) else { continue }
            let symbol = symbols.symbols[relocation.symbol]
            if symbol.kind == .section { places.append(relocation.target(from: symbol, in: file)) }
        }
        return places.sorted()
    }
}

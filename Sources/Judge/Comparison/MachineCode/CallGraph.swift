/// Which functions of a program each function refers to: by calling them, jumping to them or taking their address.
///
/// Calls through a pointer are not visible where they are made, but some function took the address. Classes and witness
/// tables that code refers to represent the functions in them.
struct CallGraph {
    private let program: ProgramCode
    private let symbols: SymbolTable

    init(_ program: ProgramCode) {
        self.program = program
        symbols = program.symbols
    }

    /// Indexes of functions, and the names of the tables and constants that they read.
    struct Reach {
        var functions: Set<Int> = []
        var values: Set<String> = []
    }

    /// A reference from code to an address.
    private struct Reference {
        let address: UInt64
        /// Whether the code calls or jumps there, rather than only taking the address.
        let isCall: Bool
    }

    /// Functions that were seen running, and everything that can be reached from them.
    ///
    /// A function whose address is taken counts only if the function that takes it was seen: code that sets up a table
    /// of all microkernels calls none of them.
    func reach(from seen: Set<Int>) -> Reach {
        var reach = Reach(functions: seen)
        var open = Array(seen)
        while let index = open.popLast() {
            let wasSeen = seen.contains(index)
            for reference in references(of: index) {
                let next = functions(at: reference.address, &reach.values)
                guard wasSeen || reference.isCall else { continue }
                for function in next where reach.functions.insert(function).inserted { open.append(function) }
            }
        }
        return reach
    }

    private func references(of index: Int) -> [Reference] {
        let start = symbols.functions[index].start
        let code = program.code(of: index)
        var references = program.relocations.within(start, count: code.count).compactMap { relocation in
            target(of: relocation).map { target in
                let offset = Int(relocation.address - start)
                return Reference(
                    address: target,
                    isCall: CodeField.isCall(relocation: relocation.type, at: offset, in: code, of: processor))
            }
        }
        // The assembler leaves no relocation for a branch that stays in its section.
        for place in code.indices {
            guard let branch = CodeField.branch(at: place, in: code, of: processor),
                !code.indices.contains(branch.target)
            else { continue }
            let address = start &+ UInt64(bitPattern: Int64(branch.target))
            guard symbols.function(startingAt: address) != nil else { continue }
            let isAddress = processor == .x86_64 && code[place] == 0x8D
            references.append(Reference(address: address, isCall: !isAddress))
        }
        return references
    }

    private var processor: ELFFile.Processor { program.file.processor }

    private func target(of relocation: Relocation) -> UInt64? {
        guard symbols.symbols.indices.contains(relocation.symbol) else { return nil }
        let symbol = symbols.symbols[relocation.symbol]
        // A symbol from a library has no section here.
        guard symbol.section != 0 else { return nil }
        return symbol.kind == .section ? relocation.target(from: symbol, in: program.file) : symbol.address
    }

    /// The function at an address, or the functions to which the data there refer.
    private func functions(at address: UInt64, _ values: inout Set<String>) -> [Int] {
        if let function = symbols.function(at: address) { return [function] }
        guard let data = symbols.data(at: address) else { return [] }
        let name = symbols.name(data.symbol)
        if SymbolName.isValue(name) { values.insert(name) }
        return program.relocations.within(data.start, count: Int(clamping: data.size)).compactMap(target)
            .compactMap(symbols.function(at:))
    }
}

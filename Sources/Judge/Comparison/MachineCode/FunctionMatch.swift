import Platform
import Results

/// Finds out which functions of two programs are the same.
struct FunctionMatch {
    enum Answer {
        case same, differs
        /// The bytes differ, but it is unknown whether only addresses do.
        case unknown
    }

    /// The reason for `unknown`, with its remedy.
    static let withoutRelocations =
        "the bytes differ, and a program was linked without relocations, which separate addresses from code; "
        + "build both with -Xlinker --emit-relocs"

    private let programs: Both<ProgramCode>
    /// Without relocations on both sides, the bytes are compared as they are.
    private let isExact: Bool
    /// The functions without a stable name, by their code.
    private lazy var nameless = programs.map { nameless(in: $0) }
    /// Fingerprints of the contents of named data.
    private lazy var values = programs.map(Self.values)

    init(_ programs: Both<ProgramCode>) {
        self.programs = programs
        isExact = !programs.base.hasRelocations || !programs.head.hasRelocations
    }

    /// Compares a function that at least one side has.
    mutating func answer(_ function: HotFunctions.Function) -> Answer {
        guard let print = function.print else { return answer(function.name) }
        if nameless.base[print] != nil && nameless.head[print] != nil { return .same }
        return isExact ? .unknown : .differs
    }

    /// Whether the data of this name have the same contents on both sides.
    mutating func isSameValue(_ name: String) -> Bool { values.base[name] == values.head[name] }

    private static func values(of program: ProgramCode) -> [String: UInt64] {
        let normal = NormalForm(program)
        let prints = program.symbols.data.compactMap { data -> (String, UInt64)? in
            let name = program.symbols.name(data.symbol)
            return SymbolName.isValue(name) ? (name, Fingerprint.of(normal.value(data))) : nil
        }
        // Several C files may have data of the same name.
        return Dictionary(prints, uniquingKeysWith: &+)
    }

    /// Whether a function that is the same on both sides, or what it refers to, is at another address.
    func isMoved(_ function: HotFunctions.Function) -> Bool {
        let places = programs.map { program in
            program.functions(named: function.name).map { [$0.address, program.exactFingerprint(of: $0)] }
        }
        return places.base != places.head
    }

    /// Compares the functions of a stable name.
    private func answer(_ name: String) -> Answer {
        let prints = programs.map { program in
            program.functions(named: name).map { print(program, $0) }.sorted()
        }
        if prints.base == prints.head { return .same }
        return isExact && prints.base.count == prints.head.count ? .unknown : .differs
    }

    /// Compares all functions of both programs.
    mutating func comparePrograms() -> CodeComparison {
        let names = Set(programs.base.symbols.functionNames).union(programs.head.symbols.functionNames)
        let answers = names.filter(SymbolName.isStable).map { (name: $0, answer: answer($0)) }
        let (base, head) = (nameless.base, nameless.head)
        let onOneSide = (base.filter { head[$0.key] == nil } + head.filter { base[$0.key] == nil }).map(\.value)
        let differing = answers.filter { $0.answer == .differs }.map(\.name) + (isExact ? [] : onOneSide)
        guard differing.isEmpty else { return .differs(differing.sorted().map(SymbolName.demangled)) }
        guard onOneSide.isEmpty, answers.allSatisfy({ $0.answer == .same }) else {
            return .unknown(Self.withoutRelocations)
        }
        return .same(functions: programs.base.symbols.functions.count)
    }

    private func print(_ program: ProgramCode, _ function: ProgramCode.Function) -> UInt64 {
        isExact ? program.exactFingerprint(of: function) : program.fingerprint(of: function)
    }

    private func nameless(in program: ProgramCode) -> [UInt64: String] {
        let functions = program.functions.lazy.filter { !SymbolName.isStable($0.name) }
        return Dictionary(functions.map { (print(program, $0), $0.name) }) { first, _ in first }
    }
}

import Results

/// Decides whether two builds run the same machine code, as a whole or where a case spends its time.
package struct CodeIdentity {
    private let programs: Both<ProgramCode>
    private var functions: FunctionMatch
    /// By path; nil for libraries that cannot be read.
    private var libraries: [String: ProgramCode?] = [:]

    package init(_ programs: Both<ProgramCode>) {
        self.programs = programs
        functions = FunctionMatch(programs)
    }

    /// Compares what a case calls on either side: the functions in which its time goes, those that call them or prepare
    /// the case, and everything that these can reach.
    package mutating func compare(_ hot: Both<HotCode>) -> CodeComparison {
        let answer = compareHot(hot)
        switch answer {
        case .unknown, .moved: return answer
        case .same: return surroundings(of: hot, after: []) ?? answer
        case .differs(let names): return surroundings(of: hot, after: names) ?? answer
        }
    }

    /// Extends the comparison to everything that a case calls. `names` already differ. Nil if this adds nothing.
    private mutating func surroundings(of hot: Both<HotCode>, after names: [String]) -> CodeComparison? {
        // Without relocations it is unknown what code refers to.
        guard programs.base.hasRelocations, programs.head.hasRelocations else { return nil }
        // If the code is the same, both sides call the same functions, so one side's report is enough.
        let parts = Side.allCases.compactMap { CaseCode(hot[$0], in: programs[$0]) }
        guard !parts.isEmpty else { return nil }
        let seen = parts.reduce(into: Set()) { $0.formUnion($1.seen) }
        let reachable = parts.reduce(into: Set()) { $0.formUnion($1.reachable) }.subtracting(seen)
        var names = names
        func add(_ differing: some Sequence<String>) { names += differing.sorted().filter { !names.contains($0) } }
        add(seen.filter { functions.answer($0) == .differs }.map(\.text))
        add(reachable.filter { functions.answer($0) == .differs }.map { "\($0.text) (not seen running)" })
        let values = parts.reduce(into: Set()) { $0.formUnion($1.values) }.filter { !functions.isSameValue($0) }
        add(values.map { "the table \(SymbolName.demangled($0))" })
        guard names.isEmpty else { return .differs(names) }
        let all = seen.union(reachable)
        return all.contains(where: functions.isMoved) ? .moved(functions: all.count) : nil
    }

    /// Compares the functions in which a case spends its time.
    private mutating func compareHot(_ hot: Both<HotCode>) -> CodeComparison {
        for path in Set((hot.base.places + hot.head.places).map(\.object)) where !path.isEmpty && libraries[path] == nil
        {
            libraries.updateValue(try? ProgramCode(path: path), forKey: path)
        }
        let libraries = libraries.compactMapValues { $0 }
        let places = Both { HotFunctions(hot[$0], in: programs[$0], libraries: libraries) }
        if let reason = whyNothingIsNamed { return .unknown(reason) }
        for side in Side.allCases {
            guard places[side].samples > 0 else { return .unknown("no samples were taken of \(side)") }
            guard 2 * places[side].located > places[side].samples else {
                return .unknown("most samples of \(side) are in no known function")
            }
        }
        return compare(places, libraries)
    }

    private mutating func compare(_ hot: Both<HotFunctions>, _ libraries: [String: ProgramCode]) -> CodeComparison {
        let shares = Dictionary(
            uniqueKeysWithValues: Set(hot.base.leading + hot.head.leading).map { function in
                (function, hot.map { $0.share(of: function) })
            })
        let leading = shares.sorted {
            let most = ($0.value.greatest, $1.value.greatest)
            return (most.1, $0.key.name) < (most.0, $1.key.name)
        }
        let answers = leading.map { function, _ in
            function.library.isEmpty
                ? functions.answer(function) : Self.answer(hot.map { $0.paths[function.library] }, libraries)
        }
        let differing = zip(leading, answers).filter { $0.1 == .differs }.map(\.0.key.text)
        guard differing.isEmpty else { return .differs(differing) }
        if answers.contains(.unknown) { return .unknown(FunctionMatch.withoutRelocations) }
        // For a library without function names, the function with the samples is unknown.
        if let (function, shares) = leading.first(where: { $0.value.isOneSided && !$0.key.name.isEmpty }) {
            let percent = shares.map { "\(Int(($0 * 100).rounded())) %" }
            return .unknown(
                "the sides run different functions: \(function.text) takes \(percent.base) of base's time, "
                    + "\(percent.head) of head's")
        }
        return .same(functions: leading.count)
    }

    /// Libraries are the same if they are one file or have the same build.
    private static func answer(_ paths: Both<String?>, _ libraries: [String: ProgramCode]) -> FunctionMatch.Answer {
        guard let base = paths.base, let head = paths.head, base != head else { return .same }
        guard let first = libraries[base], let second = libraries[head] else { return .differs }
        return first.isSameBuild(as: second) ? .same : .differs
    }

    /// Compares all functions of both programs, for programs that cannot report where a case spends its time.
    package mutating func comparePrograms() -> CodeComparison {
        if programs.base.isSameBuild(as: programs.head) {
            return .same(functions: programs.base.symbols.functions.count)
        }
        if let reason = whyNothingIsNamed { return .unknown(reason) }
        let answer = functions.comparePrograms()
        if case .same(let count) = answer { return .moved(functions: count) }
        return answer
    }

    private var whyNothingIsNamed: String? {
        let side = Side.allCases.first { programs[$0].symbols.functions.isEmpty }
        return side.map { "\($0) names no functions: its symbols were stripped" }
    }
}

extension ProgramCode {
    /// Whether both programs have the same functions with the same machine code.
    package func isSameProgram(as other: ProgramCode) -> Bool {
        var identity = CodeIdentity(Both(base: self, head: other))
        return switch identity.comparePrograms() {
        case .same, .moved: true
        case .differs, .unknown: false
        }
    }

    /// Whether both files are the output of the same run of the linker, or copies of it.
    func isSameBuild(as other: ProgramCode) -> Bool {
        file.bytes.count == other.file.bytes.count && !file.buildID.isEmpty && file.buildID == other.file.buildID
    }
}

extension Both<Double> {
    fileprivate var greatest: Double { max(base, head) }

    /// Whether the sides clearly do not do the same work in the same functions: one spends over a fifth of its time
    /// where the other has less than 1 %. Differences in how long threads wait for each other are smaller.
    fileprivate var isOneSided: Bool { greatest > 0.2 && min(base, head) < 0.01 }
}

extension HotFunctions.Function {
    /// The name for people.
    fileprivate var text: String {
        let name = SymbolName.demangled(name)
        return library.isEmpty ? name : name.isEmpty ? library : "\(name) (\(library))"
    }
}

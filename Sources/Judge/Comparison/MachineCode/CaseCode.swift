import Results

/// All code that a case calls in one program: what was seen running, and what that can reach.
struct CaseCode {
    /// Functions with samples, their callers, and functions that prepared the case.
    let seen: Set<HotFunctions.Function>
    /// Functions that those can call, but that were not seen.
    let reachable: Set<HotFunctions.Function>
    /// The names of the tables and constants that all of these read.
    let values: Set<String>

    /// Nil if the process did not report the surroundings.
    init?(_ hot: HotCode, in program: ProgramCode) {
        guard let surroundings = hot.surroundings else { return nil }
        let symbols = program.symbols
        var seen = Set(hot.places.filter(\.object.isEmpty).compactMap { symbols.function(at: $0.address) })
        // A return address follows the call, which may be the last instruction of its function.
        for place in surroundings {
            let index = symbols.function(startingAt: place) ?? symbols.function(at: place &- 1)
            if let index { seen.insert(index) }
        }
        let reach = CallGraph(program).reach(from: seen)
        func named(_ indices: Set<Int>) -> Set<HotFunctions.Function> {
            Set(indices.map { HotFunctions.Function(program.function($0), in: program) })
        }
        self.seen = named(seen)
        reachable = named(reach.functions.subtracting(seen))
        values = reach.values
    }
}

extension HotFunctions.Function {
    /// A function of the program itself.
    init(_ function: ProgramCode.Function, in program: ProgramCode) {
        let isStable = SymbolName.isStable(function.name)
        self.init(library: "", name: function.name, print: isStable ? nil : program.fingerprint(of: function))
    }
}

#if MUTANTS
    import Glibc
#endif

/// Whether a fault is planted. False, and so nothing at all in the machine code, unless the program is compiled with
/// `-D MUTANTS`; there it is the mutant that the environment variable `ASSAY_MUTANT` names.
@inlinable @inline(__always)
package func planted(_ mutant: Mutant) -> Bool {
    #if MUTANTS
        return mutant.isChosen
    #else
        return false
    #endif
}

/// 1 where a fault is planted, else 0: for whatever is one too many or too few.
@inlinable @inline(__always)
package func slip(_ mutant: Mutant) -> Int { planted(mutant) ? 1 : 0 }

#if MUTANTS
    extension Mutant {
        /// The variable that names the mutant to plant.
        package static let variable = "ASSAY_MUTANT"

        @usableFromInline package var isChosen: Bool { self == Self.chosen }

        /// The one that is planted; nil where none is. Ends the program if there is no such mutant.
        package static let chosen: Mutant? = {
            guard let value = getenv(variable), value.pointee != 0 else { return nil }
            let name = String(cString: value)
            guard let mutant = allCases.first(where: { $0.name == name }) else {
                fatalError("\(variable): there is no mutant '\(name)'")
            }
            return mutant
        }()
    }
#endif

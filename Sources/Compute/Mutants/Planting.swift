#if MUTANTS
    import Glibc
#endif

/// Whether a fault is planted. Without `-D MUTANTS` it is always false and adds nothing to the machine code. With it,
/// it is true for the mutant that the environment variable `ASSAY_MUTANT` names.
@inlinable @inline(__always)
package func planted(_ mutant: Mutant) -> Bool {
    #if MUTANTS
        return mutant.isChosen
    #else
        return false
    #endif
}

/// 1 if a fault is planted, else 0: for numbers that are off by one.
@inlinable @inline(__always)
package func slip(_ mutant: Mutant) -> Int { planted(mutant) ? 1 : 0 }

#if MUTANTS
    extension Mutant {
        /// The variable that names the mutant to plant.
        package static let variable = "ASSAY_MUTANT"

        @usableFromInline package var isChosen: Bool { self == Self.chosen }

        /// The planted mutant, nil if there is none. Ends the program if no mutant has the given name.
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

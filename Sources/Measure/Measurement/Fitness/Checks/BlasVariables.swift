extension Check {
    /// Variables that change how OpenBLAS blocks its work, or how many threads it may start.
    static let blasVariables = Check("blas_variables", "Numerical libraries' variables") { system in
        let prefixes = ["OPENBLAS_", "OMP_", "MKL_", "GOTO_"]
        // OPENBLAS_CORETYPE has its own check, which knows whether the forced core is wrong.
        let names = system.environment.keys.filter { name in
            name != OpenBLASCore.variable && prefixes.contains(where: name.hasPrefix)
        }.sorted()
        guard !names.isEmpty else { return .ok("none is set") }
        let list = names.map { "\($0)=\(system.environment[$0] ?? "")" }.joined(separator: ", ")
        return .warning(list, remedy: "unset \(names.joined(separator: " ")), unless it is what you measure")
    }
}

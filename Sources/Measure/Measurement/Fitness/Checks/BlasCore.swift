import Instructions
import Results

extension Check {
    /// OpenBLAS may silently run kernels for an older processor, at half the speed or less.
    static let blasCore = Check("blas_core", "OpenBLAS kernels") { system in
        let core = system.blas.core
        guard let best = InstructionSet.available(with: system.features).last else {
            return .unknown("it runs its \(core) kernels; what this processor has is not known")
        }
        if let conflict = OpenBLASCore.conflict(on: system) {
            return .warning(conflict.message, remedy: "\(OpenBLASCore.variable): \(conflict.remedy)")
        }
        guard let level = OpenBLASCore.level(of: core) else {
            return .unknown("it runs its '\(core)' kernels, which Assay does not know")
        }
        guard !level.includes(best) else { return .ok("it runs its \(core) kernels (\(level.rawValue))") }
        let wanted = OpenBLASCore.name(for: best) ?? "a newer core"
        let found = "it runs its \(core) kernels (\(level.rawValue)) on a processor with \(best.rawValue): "
        if let forced = system.environment[OpenBLASCore.variable], !forced.isEmpty {
            return .warning(
                found + "\(OpenBLASCore.variable)=\(forced) forces them",
                remedy: "unset \(OpenBLASCore.variable), or set it to \(wanted)")
        }
        return .warning(
            found + "it does not know this processor", remedy: "set \(OpenBLASCore.variable)=\(wanted)")
    }
}

import Instructions
import Results

/// The sets of kernels that OpenBLAS can choose on x86-64, by core name.
package enum OpenBLASCore {
    /// The environment variable that forces a core.
    package static let variable = "OPENBLAS_CORETYPE"

    /// What a core's kernels use.
    private struct Use {
        let level: InstructionSet
        /// Features that the kernels need beyond those of every x86-64; without them they are illegal instructions.
        let needs: ProcessorFeatures

        static let sse = Use(level: .baseline, needs: [])
        static let amd3DNow = Use(level: .baseline, needs: .amd3DNow)
        static let nehalem = Use(level: .baseline, needs: .sse4_2)
        static let avx = Use(level: .baseline, needs: .avx)
        static let fma4 = Use(level: .baseline, needs: [.avx, .fma4])
        static let avx2 = Use(level: .avx2, needs: [.avx2, .fma])
        static let avx2AndFMA4 = Use(level: .avx2, needs: [avx2.needs, fma4.needs])
        static let avx512 = Use(level: .avx512, needs: [.avx512f, .avx512bw, .avx512dq, .avx512vl])
        static let bfloat16 = Use(level: .avx512, needs: [avx512.needs, .avx512_bf16])
    }

    /// What a core's single-precision kernels use (OpenBLAS, TargetList.txt and kernel/x86_64/KERNEL.*). Cores with AVX
    /// but not AVX2 have faster kernels than SSE2, but we have no level in between.
    private static let uses: [String: Use] = [
        "katmai": .sse, "coppermine": .sse, "northwood": .sse, "prescott": .sse, "banias": .sse, "atom": .sse,
        "core2": .sse, "penryn": .sse, "dunnington": .sse, "nehalem": .nehalem, "sandybridge": .avx, "athlon": .sse,
        "opteron": .amd3DNow, "opteron_sse3": .amd3DNow, "barcelona": .sse, "bobcat": .sse, "bulldozer": .fma4,
        "piledriver": .fma4, "steamroller": .fma4, "nano": .sse,
        "excavator": .avx2AndFMA4, "haswell": .avx2, "zen": .avx2,
        "skylakex": .avx512, "cooperlake": .bfloat16, "sapphirerapids": .bfloat16,
    ]

    /// nil for an unknown core.
    static func level(of core: String) -> InstructionSet? { uses[core.lowercased()]?.level }

    /// Features that a core's kernels use and the processor lacks; empty for an unknown core.
    static func missing(_ core: String, on features: ProcessorFeatures) -> [String] {
        #if arch(arm64)
            []
        #else
            uses[core.lowercased()]?.needs.subtracting(features).names ?? []
        #endif
    }

    /// A core that makes full use of a level and that every OpenBLAS of recent years has.
    static func name(for level: InstructionSet) -> String? {
        switch level {
        case .baseline, .neon: nil
        case .avx2: "Haswell"
        case .avx512: "SkylakeX"
        }
    }

    /// Why the forced OpenBLAS core would fail with an illegal instruction, and the remedy; nil if it would not.
    package static func conflict(on host: SystemView) -> (message: String, remedy: String)? {
        let core = host.blas.core
        guard let forced = host.environment[variable], !forced.isEmpty else { return nil }
        let missing = missing(core, on: host.features)
        guard !missing.isEmpty else { return nil }
        let wanted = InstructionSet.available(with: host.features).last.flatMap(name)
        return (
            "OpenBLAS is forced to run its \(core) kernels, which need \(missing.joined(separator: " and ")): this "
                + "processor does not have that, and they would die of an illegal instruction",
            "unset it\(wanted.map { ", or set it to \($0)" } ?? "")"
        )
    }
}

import Instructions

/// The sets of kernels that OpenBLAS chooses from on x86-64, by the names of its cores.
enum OpenBLASCore {
    /// The environment variable that forces a core.
    static let variable = "OPENBLAS_CORETYPE"

    /// What a core's single-precision kernels use (OpenBLAS, TargetList.txt and kernel/x86_64/KERNEL.*). Cores of AVX
    /// without AVX2 have kernels faster than SSE2's, yet we have no level between.
    private static let levels: [String: InstructionSet] = [
        "katmai": .baseline, "coppermine": .baseline, "northwood": .baseline, "prescott": .baseline,
        "banias": .baseline, "atom": .baseline, "core2": .baseline, "penryn": .baseline, "dunnington": .baseline,
        "nehalem": .baseline, "sandybridge": .baseline, "athlon": .baseline, "opteron": .baseline,
        "opteron_sse3": .baseline, "barcelona": .baseline, "bobcat": .baseline, "bulldozer": .baseline,
        "piledriver": .baseline, "steamroller": .baseline, "nano": .baseline,
        "excavator": .avx2, "haswell": .avx2, "zen": .avx2,
        "skylakex": .avx512, "cooperlake": .avx512, "sapphirerapids": .avx512,
    ]

    /// nil for a core we do not know.
    static func level(of core: String) -> InstructionSet? { levels[core.lowercased()] }

    /// A core that uses a level to the full and that every OpenBLAS of the last years has.
    static func name(for level: InstructionSet) -> String? {
        switch level {
        case .baseline, .neon: nil
        case .avx2: "Haswell"
        case .avx512: "SkylakeX"
        }
    }
}

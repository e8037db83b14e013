import Foundation

/// A level of vector instructions that our microkernels are compiled for, narrowest first.
package enum InstructionSet: String, CaseIterable, Sendable {
    /// What every x86-64 has: SSE2, no fused multiply-add.
    case baseline
    /// What every arm64 has.
    case neon
    /// x86-64-v3.
    case avx2
    /// x86-64-v4.
    case avx512

    /// Bits of a vector.
    package var width: Int {
        switch self {
        case .baseline, .neon: 128
        case .avx2: 256
        case .avx512: 512
        }
    }

    /// Floats of a vector.
    package var lanes: Int { width / 32 }

    /// What the compiler may use in the module of that level (System V psABI for x86-64, "Micro-architecture levels");
    /// `sse4_2` and what came before it are not asked for, since no processor has AVX without them.
    private var required: [String] {
        let v3 = ["avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "lzcnt", "movbe"]
        switch self {
        case .baseline: return []
        case .neon: return ["neon"]
        case .avx2: return v3
        case .avx512: return v3 + ["avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"]
        }
    }

    /// Those that a processor with these features runs, narrowest first.
    package static func available(with features: ProcessorFeatures = .current) -> [InstructionSet] {
        #if arch(arm64)
            let candidates: [InstructionSet] = [.neon]
        #else
            let candidates: [InstructionSet] = [.baseline, .avx2, .avx512]
        #endif
        return candidates.filter { features.has($0.required) }
    }
}

extension InstructionSet: Comparable {
    package static func < (a: InstructionSet, b: InstructionSet) -> Bool { a.width < b.width }
}

extension InstructionSet {
    /// The environment variable that forces a lower level than the best.
    package static let variable = "ASSAY_ISA"

    /// The level to use: the best there is, or the one that `ASSAY_ISA` asks for.
    package static func chosen(
        environment: [String: String] = ProcessInfo.processInfo.environment, features: ProcessorFeatures = .current
    ) throws(InstructionSetError) -> InstructionSet {
        let available = available(with: features)
        guard let best = available.last else {
            throw InstructionSetError("this processor has none of the instruction sets that Assay is built for")
        }
        guard let word = environment[variable], !word.isEmpty else { return best }
        guard let wanted = InstructionSet(rawValue: word) else {
            throw InstructionSetError("\(variable)=\(word) is not the name of an instruction set", available)
        }
        guard available.contains(wanted) else {
            throw InstructionSetError("\(variable)=\(word) asks for what this processor does not have", available)
        }
        return wanted
    }
}

/// Why there is no instruction set to use, and what to do about it.
package struct InstructionSetError: Error, Hashable, CustomStringConvertible {
    package let message: String
    package let remedy: String

    init(_ message: String, _ available: [InstructionSet] = []) {
        self.message = message
        remedy =
            available.isEmpty
            ? "run it on another machine"
            : "unset it, or choose one of \(available.map(\.rawValue).joined(separator: ", "))"
    }

    package var description: String { "\(message); \(remedy)" }
}

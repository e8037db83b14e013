import Foundation
import Vectors
import VectorsAVX2
import VectorsAVX512
import VectorsBaseline

/// A set of instructions that our microkernels are compiled for: the features it needs, and the module that has them.
package enum InstructionSet: String, CaseIterable, Sendable {
    /// What every x86-64 has: SSE2, no fused multiply-add.
    case baseline
    /// What every arm64 has.
    case neon
    /// x86-64-v3.
    case avx2
    /// x86-64-v4.
    case avx512

    /// What the compiler may use in the module (System V psABI for x86-64, "Micro-architecture levels"); `sse4_2` and what
    /// came before it are not asked for, since no processor has AVX without them.
    package var features: ProcessorFeatures {
        switch self {
        case .baseline: []
        case .neon: .neon
        case .avx2: [.avx, .avx2, .bmi1, .bmi2, .f16c, .fma, .lzcnt, .movbe]
        case .avx512: [Self.avx2.features, .avx512f, .avx512bw, .avx512cd, .avx512dq, .avx512vl]
        }
    }

    /// The table of its microkernels; on a processor without its features a call ends the process.
    package var microkernels: any Microkernels.Type {
        switch self {
        case .baseline, .neon: Baseline.self
        case .avx2: AVX2.self
        case .avx512: AVX512.self
        }
    }

    /// Floats of a vector.
    package var lanes: Int { microkernels.lanes }

    /// Bits of a vector.
    package var width: Int { 32 * lanes }

    /// Whether a processor that runs this one runs the other too.
    package func includes(_ other: InstructionSet) -> Bool { features.isSuperset(of: other.features) }

    /// Those that a processor with these features runs, the best last.
    package static func available(with features: ProcessorFeatures = .current) -> [InstructionSet] {
        #if arch(arm64)
            let candidates: [InstructionSet] = [.neon]
        #else
            let candidates: [InstructionSet] = [.baseline, .avx2, .avx512]
        #endif
        return candidates.filter { features.isSuperset(of: $0.features) }
    }
}

extension InstructionSet {
    /// The environment variable that forces another than the best.
    package static let variable = "ASSAY_ISA"

    /// The one to use: the best there is, or the one that `ASSAY_ISA` asks for.
    package static func chosen(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        features: ProcessorFeatures = .current
    ) throws(InstructionSetError) -> InstructionSet {
        let available = available(with: features)
        guard let best = available.last else {
            throw InstructionSetError(
                "this processor has none of the instruction sets that Assay is built for")
        }
        guard let word = environment[variable], !word.isEmpty else { return best }
        guard let wanted = InstructionSet(rawValue: word) else {
            throw InstructionSetError(
                "\(variable)=\(word) is not the name of an instruction set", available)
        }
        guard available.contains(wanted) else {
            throw InstructionSetError(
                "\(variable)=\(word) asks for what this processor does not have", available)
        }
        return wanted
    }

    /// What this program computes with, chosen once. A wrong `ASSAY_ISA` is found before by whoever starts the program, and
    /// means the least here.
    package static let current = (try? chosen()) ?? .baseline

    /// Itself and those that it includes, itself first: for shapes that its vectors are too wide for.
    package var narrowing: [InstructionSet] { Self.available(with: features).reversed() }
}

/// Those of `InstructionSet.current`.
package let microkernels = InstructionSet.current.microkernels

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

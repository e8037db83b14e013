import Foundation
import Vectors
import VectorsAVX2
import VectorsAVX512
import VectorsBaseline

/// An instruction set that the microkernels are compiled for: the CPU features it needs, and the module that uses them.
package enum InstructionSet: String, CaseIterable, Sendable {
    /// Every x86-64 processor: SSE2, no fused multiply-add.
    case baseline
    /// Every arm64 processor.
    case neon
    /// x86-64-v3.
    case avx2
    /// x86-64-v4.
    case avx512

    /// The features that the compiler may use in the module (System V psABI for x86-64, "Micro-architecture levels").
    /// `sse4_2` and older features are not listed, because no processor has AVX without them.
    package var features: ProcessorFeatures {
        switch self {
        case .baseline: []
        case .neon: .neon
        case .avx2: [.avx, .avx2, .bmi1, .bmi2, .f16c, .fma, .lzcnt, .movbe]
        case .avx512: [Self.avx2.features, .avx512f, .avx512bw, .avx512cd, .avx512dq, .avx512vl]
        }
    }

    /// The table of its microkernels. A call on a processor without these features ends the process.
    package var microkernels: any Microkernels.Type {
        switch self {
        case .baseline, .neon: Baseline.self
        case .avx2: AVX2.self
        case .avx512: AVX512.self
        }
    }

    /// Floats per vector.
    package var lanes: Int { microkernels.lanes }

    /// Bits per vector.
    package var width: Int { 32 * lanes }

    /// Whether a processor that supports this set also supports the other one.
    package func includes(_ other: InstructionSet) -> Bool { features.isSuperset(of: other.features) }

    /// The sets that a processor with these features supports, the best one last.
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
    /// The environment variable that overrides the default, which is the best set.
    package static let variable = "ASSAY_ISA"

    /// The set to use: the one that `ASSAY_ISA` names, by default the best one.
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

    /// The set that this program computes with, chosen once. The commands report an invalid `ASSAY_ISA` before they use
    /// this; here it means `.baseline`.
    package static let current = (try? chosen()) ?? .baseline

    /// This set and those that it includes, this one first: for shapes that are too narrow for its vectors.
    package var narrowing: [InstructionSet] { Self.available(with: features).reversed() }
}

/// The microkernels of `InstructionSet.current`.
package let microkernels = InstructionSet.current.microkernels

/// Why no instruction set can be used, and what to do about it.
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

import CPlatform
import Foundation

/// Instruction-set extensions that matter to kernels, that the processor has **and** whose registers the system saves.
package struct ProcessorFeatures: Sendable, Hashable {
    /// As Linux spells them: `avx2`, `fma`, `avx512f`; in the order of the table.
    package let names: [String]

    package init(_ names: [String]) { self.names = names }

    /// One answer of CPUID.
    package struct Registers: Sendable {
        package var eax: UInt32
        package var ebx: UInt32
        package var ecx: UInt32
        package var edx: UInt32

        package init(eax: UInt32 = 0, ebx: UInt32 = 0, ecx: UInt32 = 0, edx: UInt32 = 0) {
            self.eax = eax
            self.ebx = ebx
            self.ecx = ecx
            self.edx = edx
        }
    }

    /// Reads them from answers of CPUID (nil for a leaf that the processor has not) and from XCR0.
    package init(xcr0: UInt64, cpuid: (_ leaf: UInt32, _ subleaf: UInt32) -> Registers?) {
        names = Self.table.compactMap { feature in
            guard let answer = cpuid(feature.leaf, feature.subleaf), xcr0 & feature.state == feature.state else {
                return nil
            }
            return answer[keyPath: feature.register] >> feature.bit & 1 == 1 ? feature.name : nil
        }
    }

    package func has(_ required: [String]) -> Bool { required.allSatisfy(names.contains) }

    /// Of the processor that runs this program, asked once.
    package static let current: ProcessorFeatures = {
        #if arch(arm64)
            ProcessorFeatures(["neon"])
        #else
            ProcessorFeatures(xcr0: assay_xcr0(), cpuid: Self.ask)
        #endif
    }()

    /// The processor's own name, from CPUID leaves 0x80000002 ... 4; nil where it has none.
    package static var brand: String? {
        var bytes: [UInt8] = []
        for leaf in UInt32(0x8000_0002)...0x8000_0004 {
            guard let answer = ask(leaf, 0) else { return nil }
            for word in [answer.eax, answer.ebx, answer.ecx, answer.edx] {
                bytes += (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
            }
        }
        let name = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self).trimmingCharacters(in: .whitespaces)
        return name.isEmpty ? nil : name
    }

    private static func ask(_ leaf: UInt32, _ subleaf: UInt32) -> Registers? {
        var answer = assay_registers()
        guard assay_cpuid(leaf, subleaf, &answer) != 0 else { return nil }
        return Registers(eax: answer.eax, ebx: answer.ebx, ecx: answer.ecx, edx: answer.edx)
    }
}

extension ProcessorFeatures {
    private struct Feature {
        let name: String
        let leaf: UInt32
        let subleaf: UInt32
        let register: any KeyPath<Registers, UInt32> & Sendable
        let bit: UInt32
        /// Bits of XCR0 that must be set.
        let state: UInt64
    }

    // Intel, Software Developer's Manual, vol. 1, 13.1: the components of XCR0.
    private static let vectors256: UInt64 = 1 << 1 | 1 << 2  // SSE, AVX
    private static let vectors512 = vectors256 | 1 << 5 | 1 << 6 | 1 << 7  // masks, upper halves, upper registers
    private static let tiles: UInt64 = 1 << 17 | 1 << 18

    // The same, vol. 2, CPUID; AMD's manual, vol. 3, appendix E, for leaf 0x80000001.
    private static let table: [Feature] = [
        Feature(name: "sse4_2", leaf: 1, subleaf: 0, register: \.ecx, bit: 20, state: 0),
        Feature(name: "avx", leaf: 1, subleaf: 0, register: \.ecx, bit: 28, state: vectors256),
        Feature(name: "f16c", leaf: 1, subleaf: 0, register: \.ecx, bit: 29, state: vectors256),
        Feature(name: "fma", leaf: 1, subleaf: 0, register: \.ecx, bit: 12, state: vectors256),
        Feature(name: "fma4", leaf: 0x8000_0001, subleaf: 0, register: \.ecx, bit: 16, state: vectors256),
        Feature(name: "3dnow", leaf: 0x8000_0001, subleaf: 0, register: \.edx, bit: 31, state: 0),
        Feature(name: "movbe", leaf: 1, subleaf: 0, register: \.ecx, bit: 22, state: 0),
        Feature(name: "lzcnt", leaf: 0x8000_0001, subleaf: 0, register: \.ecx, bit: 5, state: 0),
        Feature(name: "bmi1", leaf: 7, subleaf: 0, register: \.ebx, bit: 3, state: 0),
        Feature(name: "bmi2", leaf: 7, subleaf: 0, register: \.ebx, bit: 8, state: 0),
        Feature(name: "avx2", leaf: 7, subleaf: 0, register: \.ebx, bit: 5, state: vectors256),
        Feature(name: "avx_vnni", leaf: 7, subleaf: 1, register: \.eax, bit: 4, state: vectors256),
        Feature(name: "avx512f", leaf: 7, subleaf: 0, register: \.ebx, bit: 16, state: vectors512),
        Feature(name: "avx512bw", leaf: 7, subleaf: 0, register: \.ebx, bit: 30, state: vectors512),
        Feature(name: "avx512cd", leaf: 7, subleaf: 0, register: \.ebx, bit: 28, state: vectors512),
        Feature(name: "avx512dq", leaf: 7, subleaf: 0, register: \.ebx, bit: 17, state: vectors512),
        Feature(name: "avx512vl", leaf: 7, subleaf: 0, register: \.ebx, bit: 31, state: vectors512),
        Feature(name: "avx512_vnni", leaf: 7, subleaf: 0, register: \.ecx, bit: 11, state: vectors512),
        Feature(name: "avx512_bf16", leaf: 7, subleaf: 1, register: \.eax, bit: 5, state: vectors512),
        Feature(name: "avx512_fp16", leaf: 7, subleaf: 0, register: \.edx, bit: 23, state: vectors512),
        Feature(name: "amx_tile", leaf: 7, subleaf: 0, register: \.edx, bit: 24, state: tiles),
        Feature(name: "amx_int8", leaf: 7, subleaf: 0, register: \.edx, bit: 25, state: tiles),
        Feature(name: "amx_bf16", leaf: 7, subleaf: 0, register: \.edx, bit: 22, state: tiles),
    ]
}

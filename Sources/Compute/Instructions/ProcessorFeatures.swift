import CPlatform
import Foundation

/// Instruction-set extensions that matter to kernels. A processor has a feature if the CPU supports it **and** the
/// operating system saves its registers.
package struct ProcessorFeatures: OptionSet, Sendable, Hashable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) { self.rawValue = rawValue }

    private init(bit: Int) { rawValue = 1 << bit }

    package static let (sse4_2, avx, f16c, fma) = (
        Self(bit: 0), Self(bit: 1), Self(bit: 2), Self(bit: 3)
    )
    package static let (fma4, amd3DNow, movbe, lzcnt) = (
        Self(bit: 4), Self(bit: 5), Self(bit: 6), Self(bit: 7)
    )
    package static let (bmi1, bmi2, avx2, avx_vnni) = (
        Self(bit: 8), Self(bit: 9), Self(bit: 10), Self(bit: 11)
    )
    package static let (avx512f, avx512bw, avx512cd) = (Self(bit: 12), Self(bit: 13), Self(bit: 14))
    package static let (avx512dq, avx512vl, avx512_vnni) = (
        Self(bit: 15), Self(bit: 16), Self(bit: 17)
    )
    package static let (avx512_bf16, avx512_fp16) = (Self(bit: 18), Self(bit: 19))
    package static let (amx_tile, amx_int8, amx_bf16) = (Self(bit: 20), Self(bit: 21), Self(bit: 22))
    /// Every arm64 processor has it.
    package static let neon = Self(bit: 23)

    /// The names as Linux spells them: `avx2`, `fma`, `avx512f`; in the order of the table.
    package var names: [String] {
        Self.table.filter { contains($0.feature) }.map(\.name) + (contains(.neon) ? ["neon"] : [])
    }

    /// The result of one CPUID call.
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

    /// Reads the features from results of CPUID (nil for a leaf that the processor lacks) and from XCR0.
    package init(xcr0: UInt64, cpuid: (_ leaf: UInt32, _ subleaf: UInt32) -> Registers?) {
        self = Self.table.reduce(into: []) { found, row in
            guard let answer = cpuid(row.leaf, row.subleaf), xcr0 & row.state == row.state,
                answer[keyPath: row.register] >> row.bit & 1 == 1
            else { return }
            found.insert(row.feature)
        }
    }

    /// The features of the processor that runs this program, read once.
    package static let current: ProcessorFeatures = {
        #if arch(arm64)
            .neon
        #else
            ProcessorFeatures(xcr0: assay_xcr0(), cpuid: Self.ask)
        #endif
    }()

    /// The processor's own name, from CPUID leaves 0x80000002 ... 4; nil if it has none.
    package static var brand: String? {
        var bytes: [UInt8] = []
        for leaf in UInt32(0x8000_0002)...0x8000_0004 {
            guard let answer = ask(leaf, 0) else { return nil }
            for word in [answer.eax, answer.ebx, answer.ecx, answer.edx] {
                bytes += (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
            }
        }
        let name = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self).trimmingCharacters(
            in: .whitespaces)
        return name.isEmpty ? nil : name
    }

    private static func ask(_ leaf: UInt32, _ subleaf: UInt32) -> Registers? {
        var answer = assay_registers()
        guard assay_cpuid(leaf, subleaf, &answer) != 0 else { return nil }
        return Registers(eax: answer.eax, ebx: answer.ebx, ecx: answer.ecx, edx: answer.edx)
    }
}

extension ProcessorFeatures {
    private struct Row {
        let feature: ProcessorFeatures
        let name: String
        let leaf: UInt32
        let subleaf: UInt32
        let register: any KeyPath<Registers, UInt32> & Sendable
        let bit: UInt32
        /// Bits of XCR0 that must be set.
        let state: UInt64

        init(
            _ feature: ProcessorFeatures, _ name: String, _ leaf: UInt32, subleaf: UInt32 = 0,
            _ register: any KeyPath<Registers, UInt32> & Sendable, _ bit: UInt32, state: UInt64 = 0
        ) {
            (self.feature, self.name, self.leaf, self.subleaf) = (feature, name, leaf, subleaf)
            (self.register, self.bit, self.state) = (register, bit, state)
        }
    }

    // Intel, Software Developer's Manual, vol. 1, 13.1: the components of XCR0.
    private static let vectors256: UInt64 = 1 << 1 | 1 << 2  // SSE, AVX
    private static let vectors512 = vectors256 | 1 << 5 | 1 << 6 | 1 << 7  // masks, upper halves, upper registers
    private static let tiles: UInt64 = 1 << 17 | 1 << 18

    // The same manual, vol. 2, CPUID. For leaf 0x80000001: AMD's manual, vol. 3, appendix E.
    private static let table: [Row] = [
        Row(.sse4_2, "sse4_2", 1, \.ecx, 20),
        Row(.avx, "avx", 1, \.ecx, 28, state: vectors256),
        Row(.f16c, "f16c", 1, \.ecx, 29, state: vectors256),
        Row(.fma, "fma", 1, \.ecx, 12, state: vectors256),
        Row(.fma4, "fma4", 0x8000_0001, \.ecx, 16, state: vectors256),
        Row(.amd3DNow, "3dnow", 0x8000_0001, \.edx, 31),
        Row(.movbe, "movbe", 1, \.ecx, 22),
        Row(.lzcnt, "lzcnt", 0x8000_0001, \.ecx, 5),
        Row(.bmi1, "bmi1", 7, \.ebx, 3),
        Row(.bmi2, "bmi2", 7, \.ebx, 8),
        Row(.avx2, "avx2", 7, \.ebx, 5, state: vectors256),
        Row(.avx_vnni, "avx_vnni", 7, subleaf: 1, \.eax, 4, state: vectors256),
        Row(.avx512f, "avx512f", 7, \.ebx, 16, state: vectors512),
        Row(.avx512bw, "avx512bw", 7, \.ebx, 30, state: vectors512),
        Row(.avx512cd, "avx512cd", 7, \.ebx, 28, state: vectors512),
        Row(.avx512dq, "avx512dq", 7, \.ebx, 17, state: vectors512),
        Row(.avx512vl, "avx512vl", 7, \.ebx, 31, state: vectors512),
        Row(.avx512_vnni, "avx512_vnni", 7, \.ecx, 11, state: vectors512),
        Row(.avx512_bf16, "avx512_bf16", 7, subleaf: 1, \.eax, 5, state: vectors512),
        Row(.avx512_fp16, "avx512_fp16", 7, \.edx, 23, state: vectors512),
        Row(.amx_tile, "amx_tile", 7, \.edx, 24, state: tiles),
        Row(.amx_int8, "amx_int8", 7, \.edx, 25, state: tiles),
        Row(.amx_bf16, "amx_bf16", 7, \.edx, 22, state: tiles),
    ]
}

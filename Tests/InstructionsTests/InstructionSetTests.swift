import Instructions
import Testing

@Suite struct InstructionSetTests {
    private static let v3: ProcessorFeatures = [
        .avx, .f16c, .fma, .movbe, .lzcnt, .bmi1, .bmi2, .avx2,
    ]
    private static let added: ProcessorFeatures = [
        .avx512f, .avx512bw, .avx512cd, .avx512dq, .avx512vl,
    ]
    private static let v4 = v3.union(added)

    /// Each by itself.
    private static func parts(of features: ProcessorFeatures) -> [ProcessorFeatures] {
        (0..<64).map { ProcessorFeatures(rawValue: 1 << $0) }.filter { features.contains($0) }
    }

    /// A processor with every bit of CPUID set, under a system that saves these states.
    private static func everything(xcr0: UInt64) -> ProcessorFeatures {
        ProcessorFeatures(xcr0: xcr0) { _, _ in .init(eax: ~0, ebx: ~0, ecx: ~0, edx: ~0) }
    }

    @Test func needsTheSystemToSaveTheRegisters() {
        #expect(Self.everything(xcr0: 0).isSuperset(of: [.sse4_2, .movbe]))
        #expect(!Self.everything(xcr0: 0).contains(.avx2))
        #expect(Self.everything(xcr0: 0b111).isSuperset(of: Self.v3))
        #expect(!Self.everything(xcr0: 0b111).contains(.avx512f))
        #expect(
            !Self.everything(xcr0: 0b0110_0111).contains(.avx512f),
            "the sixteen upper registers are not saved")
        #expect(Self.everything(xcr0: 0b1110_0111).isSuperset(of: Self.v4))
        #expect(!Self.everything(xcr0: 0b1110_0111).contains(.amx_tile))
    }

    @Test func needsTheProcessorToHaveIt() {
        #expect(ProcessorFeatures(xcr0: ~0) { _, _ in .init() }.isEmpty)
        #expect(ProcessorFeatures(xcr0: ~0) { _, _ in nil }.isEmpty)
        let leaf1 = ProcessorFeatures(xcr0: ~0) { leaf, _ in leaf == 1 ? .init(ecx: 1 << 12) : nil }
        #expect(leaf1 == .fma && leaf1.names == ["fma"])
        let leaf7 = ProcessorFeatures(xcr0: ~0) { leaf, sub in
            leaf == 7 && sub == 0 ? .init(ebx: 1 << 5 | 1 << 16) : nil
        }
        #expect(leaf7 == [.avx2, .avx512f] && leaf7.names == ["avx2", "avx512f"])
    }

    #if arch(x86_64)
        @Test func levelsAreThoseOfTheABI() {
            #expect(InstructionSet.available(with: []) == [.baseline])
            #expect(InstructionSet.available(with: Self.v3) == [.baseline, .avx2])
            #expect(InstructionSet.available(with: Self.v4) == [.baseline, .avx2, .avx512])
        }

        @Test(arguments: parts(of: v3)) func avx2NeedsAllOfV3(missing: ProcessorFeatures) {
            let features = Self.v4.subtracting(missing)
            #expect(InstructionSet.available(with: features) == [.baseline])
        }

        @Test(arguments: parts(of: added)) func avx512NeedsAllOfV4(missing: ProcessorFeatures) {
            let features = Self.v4.subtracting(missing)
            #expect(InstructionSet.available(with: features) == [.baseline, .avx2])
        }

        @Test func aVariableForcesALowerOne() throws {
            let features = Self.v4
            func chosen(_ environment: [String: String]) throws -> InstructionSet {
                try InstructionSet.chosen(environment: environment, features: features)
            }
            #expect(try chosen([:]) == .avx512)
            #expect(try chosen(["ASSAY_ISA": ""]) == .avx512)
            #expect(try chosen(["ASSAY_ISA": "avx2"]) == .avx2)
            #expect(try chosen(["ASSAY_ISA": "baseline"]) == .baseline)
        }

        @Test(arguments: ["avx1024", "AVX2", " ", "avx512", "neon"]) func refusesWhatThereIsNot(
            word: String
        ) throws {
            let error = try #require(throws: InstructionSetError.self) {
                try InstructionSet.chosen(
                    environment: ["ASSAY_ISA": word], features: Self.v3)
            }
            #expect(error.message.contains("ASSAY_ISA=\(word)"))
            #expect(error.remedy.contains("baseline, avx2"))
        }
    #endif

    @Test func thisProcessorHasOne() throws {
        let available = InstructionSet.available()
        #expect(!available.isEmpty)
        for (narrow, wide) in zip(available, available.dropFirst()) {
            #expect(wide.includes(narrow) && !narrow.includes(wide))
        }
        #expect(try InstructionSet.chosen(environment: [:]) == available.last)
    }
}

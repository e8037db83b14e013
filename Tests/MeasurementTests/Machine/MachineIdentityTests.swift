import Results
import Testing

@Suite struct MachineIdentityTests {
    private func machine(_ processor: String = "AMD EPYC 7763 64-Core Processor") -> Machine {
        Machine(
            processor: processor, architecture: "x86_64", instructionSets: ["avx2"],
            caches: [Machine.Cache(level: 1, kind: "Data", bytes: 32768, sharedBy: 1)], processors: 4, quota: nil,
            memoryBytes: 16 << 30, kernel: "6.1.0-42-cloud-amd64", toolchain: "Swift 6.3.1")
    }

    @Test(arguments: [
        ("AMD EPYC 7763 64-Core Processor", "amd-epyc-7763-4cpu-"),
        ("AMD EPYC", "amd-epyc-4cpu-"),
        ("Intel(R) Xeon(R) Platinum 8375C CPU @ 2.90GHz", "intel-xeon-platinum-8375c-4cpu-"),
        ("AMD Ryzen 7 7840U w/ Radeon  780M Graphics", "amd-ryzen-7-7840u-w-780m-4cpu-"),
        ("../../é\u{0}", "unknown-4cpu-"),
        ("", "unknown-4cpu-"),
    ]) func isReadable(processor: String, start: String) {
        let id = machine(processor).id
        #expect(id.hasPrefix(start))
        #expect(id.count == start.count + 8)
        #expect(id.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
    }

    /// An update is a step in a history, and does not begin a new one.
    @Test func doesNotChangeFromDayToDay() {
        let before = machine()
        var after = before
        after.kernel = "6.6.0-1-cloud-amd64"
        after.toolchain = "Swift 6.4"
        after.memoryBytes -= 40 << 20
        #expect(after.id == before.id)
        #expect(machine("X CPU @ 2.90GHz").id == machine("X CPU @ 2.60GHz").id)
    }

    @Test(
        arguments: [
            { $0.memoryBytes = 8 << 30 }, { $0.quota = 1.5 }, { $0.processors = 2 },
            { $0.caches = [] }, { $0.instructionSets.append("avx512f") },
            { $0.architecture = "arm64" },
        ] as [@Sendable (inout Machine) -> Void]) func tellsMachinesApart(change: @Sendable (inout Machine) -> Void)
    {
        var other = machine()
        change(&other)
        #expect(other.id != machine().id)
    }
}

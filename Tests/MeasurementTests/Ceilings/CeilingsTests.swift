import Instructions
import Measurement
import Results
import Testing

/// How they are measured, never how high they are.
@Suite(.serialized) struct CeilingsTests {
    @Test func measuresEveryInstructionSetAndLevel() {
        let view = SystemView.current
        let counts = Set([1, view.processors.count]).sorted()
        let ceilings = Ceilings.measure(on: view, seconds: 0.2)

        let sets = InstructionSet.available(with: view.features)
        #expect(ceilings.arithmetic.map(\.instructionSet) == sets.flatMap { set in counts.map { _ in set.rawValue } })
        #expect(ceilings.arithmetic.map(\.threads) == sets.flatMap { _ in counts })
        #expect(ceilings.arithmetic.allSatisfy { $0.flops.isFinite && $0.flops > 0 })
        #expect(ceilings.arithmetic.map(\.width) == sets.flatMap { set in counts.map { _ in set.width } })

        #expect(ceilings.bandwidth.allSatisfy { $0.bytesPerSecond.isFinite && $0.bytesPerSecond > 0 })
        #expect(ceilings.bandwidth.allSatisfy { $0.block > 0 && $0.block % 512 == 0 })
        for count in counts {
            let rows = ceilings.bandwidth.filter { $0.threads == count }
            #expect(Set(rows.map(\.level)).count == rows.count)
            #expect(Set(rows.map(\.level)).isSubset(of: ["L1", "L2", "L3", "L4", "memory"]))
            #expect(rows.last?.level == "memory")
        }
        #expect(ceilings.peakFlops(threads: 1) != nil)
    }

    @Test func measuresTheThreadsAskedFor() {
        let one = Ceilings.measure(threads: [1, 1, 0, -5], seconds: 0.02)
        #expect(Set(one.arithmetic.map(\.threads)) == [1])
        #expect(Set(one.bandwidth.map(\.threads)) == [1])
        let all = Ceilings.measure(threads: [.max], seconds: 0.02)
        #expect(Set(all.arithmetic.map(\.threads)) == [SystemView.current.processors.count])
        let none = Ceilings.measure(threads: [], seconds: 0.02)
        #expect(none.arithmetic.isEmpty && none.bandwidth.isEmpty)
    }

    @Test func leavesOutWhatCannotBeMeasured() throws {
        let system = try FakeSystem(["/proc/meminfo": "MemAvailable: 4096 kB\n"])
        var view = SystemView.current
        view.files = system.files
        view.cacheSizes = [
            Machine.Cache(level: 1, kind: "Data", bytes: 32 << 10, sharedBy: 1),
            Machine.Cache(level: 2, kind: "Unified", bytes: 1 << 20, sharedBy: 1),
        ]
        let small = Ceilings.measure(on: view, threads: [1], seconds: 0.02)
        #expect(small.bandwidth.map(\.level) == ["L1", "L2"], "a quarter of the memory is less than twice the cache")
        #expect(small.bandwidth.map(\.block) == [16 << 10, 544 << 10])

        view.cacheSizes = []
        let blind = Ceilings.measure(on: view, threads: [1], seconds: 0.02)
        #expect(blind.bandwidth.map(\.level) == ["memory"])
        #expect(blind.bandwidth.map(\.block) == [1 << 20])

        view.features = []
        #if arch(x86_64)
            #expect(
                Ceilings.measure(on: view, threads: [1], seconds: 0.02).arithmetic.map(\.instructionSet) == ["baseline"]
            )
        #endif
    }
}

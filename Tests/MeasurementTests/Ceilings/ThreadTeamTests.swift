import CPlatform
import Measurement
import Synchronization
import Testing

@Suite struct ThreadTeamTests {
    @Test func everyWorkerRunsOnItsProcessorWithoutDenormals() {
        let processors = SystemView.current.processors
        let seen = Mutex<[Int: Bool]>([:])
        let rate = ThreadTeam(processors: processors).throughputs(slices: 2, each: .milliseconds(1)) {
            var mine = [Int32](repeating: -1, count: 2)
            if assay_affinity(&mine, 2) == 1 {
                seen.withLock { $0[Int(mine[0])] = assay_denormals_flushed() != 0 }
            }
            return { Float.leastNormalMagnitude / Float(processors.count + 1) == 0 ? 1 : 0 }
        }
        #expect(seen.withLock { $0 } == Dictionary(uniqueKeysWithValues: processors.map { ($0, true) }))
        #expect(rate?.count == 2 && rate?.allSatisfy { $0 > 0 } == true)
    }

    @Test func manyShareAProcessor() {
        let first = SystemView.current.processors[0]
        let team = ThreadTeam(processors: [first, first, first])
        #expect(team.throughputs(slices: 2, each: .milliseconds(1)) { { 1 } }?.count == 2)
    }

    @Test func oneThatCannotStopsTheOthers() {
        let first = SystemView.current.processors[0]
        let turns = Atomic<Int>(0)
        let rate = ThreadTeam(processors: [first, first, first]).throughputs(slices: 2, each: .milliseconds(1)) {
            turns.add(1, ordering: .relaxed).newValue == 2 ? nil : { 1 }
        }
        #expect(rate == nil)
        #expect(turns.load(ordering: .relaxed) == 3)
    }
}

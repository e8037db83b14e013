import Foundation
import Measurement
import Results
import Statistics
import Testing

@Suite struct SamplingOptionsTests {
    @Test func defaultsAreValid() throws { try SamplingOptions().validate() }

    @Test func wrongOptionIsNamed() {
        let wrong: [(String, (inout SamplingOptions) -> Void)] = [
            ("precision", { $0.precision = 0 }), ("precision", { $0.precision = .nan }),
            ("precision", { $0.precision = 1 }), ("minimumSamples", { $0.minimumSamples = 5 }),
            ("maximumSamples", { $0.maximumSamples = 19 }), ("maximumSamples", { $0.maximumSamples = .max }),
            ("timeLimit", { $0.timeLimit = 0 }), ("timeLimit", { $0.timeLimit = .infinity }),
            ("samples", { $0.samples = 0 }), ("calls", { $0.calls = -1 }), ("calls", { $0.calls = .max }),
            ("warmupLimit", { $0.warmupLimit = -0.1 }), ("warmupLimit", { $0.warmupLimit = .nan }),
        ]
        for (name, change) in wrong {
            let error = #expect(throws: SamplingOptions.Invalid.self) {
                try SamplingOptions.with(change).validate()
            }
            #expect(error?.option == name)
            #expect(error?.remedy.isEmpty == false)
        }
    }

    @Test func roundTrip() throws {
        let options = SamplingOptions.with { ($0.samples, $0.calls, $0.precision) = (30, 4, 0.02) }
        let data = try JSONEncoder().encode(options)
        #expect(try JSONDecoder().decode(SamplingOptions.self, from: data) == options)
    }
}

@Suite struct StoppingRuleTests {
    private func progress(_ count: Int, halfWidth: Double) throws -> SamplingProgress {
        // Six values whose interval, the extremes, is 1 -+ halfWidth.
        let values = [1 - halfWidth, 1, 1, 1, 1, 1 + halfWidth]
        let interval = try #require(Quantiles(values).flatMap { MedianInterval($0) })
        return SamplingProgress(count: count, elapsed: 0, interval: interval)
    }

    @Test func noiseThatShrinksIsLeftAlone() throws {
        var rule = NoiseRule()
        for count in stride(from: 20, through: 1000, by: 20) {
            let met = rule.isMet(by: try progress(count, halfWidth: 0.4 / Double(count).squareRoot()))
            #expect(!met)
        }
    }

    @Test func noiseThatStaysIsSeen() throws {
        var rule = NoiseRule()
        let met = try stride(from: 20, through: 1000, by: 10).first { rule.isMet(by: try progress($0, halfWidth: 0.1)) }
        #expect(met == 80)
    }

    @Test func noiseNeedsAnInterval() {
        var rule = NoiseRule()
        let met = rule.isMet(by: SamplingProgress(count: 500, elapsed: 9))
        #expect(!met)
    }

    @Test func precision() throws {
        let rule = PrecisionRule(0.01)
        #expect(rule.isMet(by: try progress(20, halfWidth: 0.0099)))
        #expect(!rule.isMet(by: try progress(20, halfWidth: 0.011)))
        #expect(!rule.isMet(by: SamplingProgress(count: 20, elapsed: 0)))
    }

    @Test func timeAndCount() {
        let progress = SamplingProgress(count: 5, elapsed: 2)
        #expect(TimeRule(2).isMet(by: progress) && !TimeRule(2.1).isMet(by: progress))
        #expect(CountRule(5).isMet(by: progress) && !CountRule(6).isMet(by: progress))
    }
}

@Suite struct RotationTests {
    @Test func setsNeeded() {
        #expect(Rotation.setsNeeded(bytesPerSet: 1 << 20, lastLevelCache: 32 << 20) == 65)
        #expect(Rotation.setsNeeded(bytesPerSet: 1 << 30, lastLevelCache: 32 << 20) == 2)
        #expect(Rotation.setsNeeded(bytesPerSet: 0, lastLevelCache: 32 << 20) == 2)
        #expect(Rotation.setsNeeded(bytesPerSet: 100, lastLevelCache: 0) == 2)
        #expect(Rotation.setsNeeded(bytesPerSet: 1, lastLevelCache: .max) >= 2)
    }
}

@Suite struct ProbesTests {
    @Test(arguments: [
        ("nr_periods 9\nnr_throttled 7\nthrottled_usec 5\n", 7), ("nr_throttled 0", 0),
    ]) func throttledPeriods(text: String, count: Int) throws {
        let path = NSTemporaryDirectory() + "cpu.stat-\(UUID())"
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        let read = try #require(CounterGroup.throttledPeriods.open(CounterGroup.Host(throttlingFile: path)))
        var value = -1.0
        read(&value)
        #expect(value == Double(count))
        try "nr_throttled 12\n".write(toFile: path, atomically: false, encoding: .utf8)
        read(&value)
        #expect(value == 12)
    }

    @Test(arguments: ["", "nr_throttled\n", "usage_usec 4\n", "nr_throttled x\n", "anr_throttled 3\n"])
    func fileThatDoesNotCount(text: String) throws {
        let path = NSTemporaryDirectory() + "cpu.stat-\(UUID())"
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(CounterGroup.throttledPeriods.open(CounterGroup.Host(throttlingFile: path)) == nil)
    }

    @Test(arguments: [nil, "/nonexistent/cpu.stat"]) func noFile(path: String?) {
        let probes = Probes(host: CounterGroup.Host(throttlingFile: path))
        #expect(!probes.counters.contains { $0.name == "throttled" })
    }

    @Test func countersGrow() throws {
        let probes = Probes([.event(1, Counter("clock"), config: 1)] + CounterCatalog.groups)
        probes.begin()
        // Larger than any block that the allocator takes from memory it has used before.
        let bytes = 64 << 20
        let block = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 4096)
        for offset in stride(from: 0, to: bytes, by: 4096) {
            block.storeBytes(of: UInt8(offset & 0x7F), toByteOffset: offset, as: UInt8.self)
        }
        probes.end()
        block.deallocate()
        var counts: [String: Double] = [:]
        probes.forEachCount(nanoseconds: 1) { counts[$0] = $1 }
        #expect(try #require(counts["cpuShare"]) > 0)
        #expect(try #require(counts["minorFaults"]) > 0)
        #expect(try #require(counts["involuntarySwitches"]) >= 0)
        // Either all of the processor's counters are there or, on many virtual machines, none of this one.
        #expect((counts["instructions"] != nil) == (CounterGroup.hardwareFault == nil))
        if let instructions = counts["instructions"] { #expect(instructions > 1000) }
        // The system's own clock of the process is there wherever events are.
        if PerformanceEvents.areAllowed { #expect(try #require(counts["clock"]) > 1000) }
    }

    /// Threads that are there count, and threads that they start.
    @Test(.enabled(if: PerformanceEvents.areAllowed)) func allThreadsCount() throws {
        let probes = Probes([.event(1, Counter("faults"), config: 2)])
        probes.begin()
        let bytes = 16 << 20
        let thread = Thread {
            let block = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 4096)
            for offset in stride(from: 0, to: bytes, by: 4096) {
                block.storeBytes(of: UInt8(offset & 0x7F), toByteOffset: offset, as: UInt8.self)
            }
            block.deallocate()
        }
        thread.start()
        while !thread.isFinished { usleep(1000) }
        probes.end()
        var faults = 0.0
        probes.forEachCount(nanoseconds: 1) { faults = $1 }
        #expect(faults > 0)
    }
}

private enum PerformanceEvents {
    /// Whether this process may count events that need no hardware.
    static let areAllowed = CounterGroup.event(1, Counter("clock"), config: 1).open(CounterGroup.Host()) != nil
}

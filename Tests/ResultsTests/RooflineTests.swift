import Foundation
import Results
import Testing

@Suite struct RooflineTests {
    private let ceilings = Ceilings(
        arithmetic: [
            .init(instructionSet: "avx2", width: 256, threads: 1, flops: 100e9),
            .init(instructionSet: "avx2", width: 256, threads: 2, flops: 200e9),
        ],
        bandwidth: [
            .init(level: "L1", block: 16 << 10, threads: 1, bytesPerSecond: 400e9),
            .init(level: "L2", block: 512 << 10, threads: 1, bytesPerSecond: 200e9),
            .init(level: "memory", block: 64 << 20, threads: 1, bytesPerSecond: 20e9),
        ], callSeconds: 2e-9)
    private let caches = [
        Machine.Cache(level: 1, kind: "Data", bytes: 32 << 10, sharedBy: 1),
        Machine.Cache(level: 2, kind: "Unified", bytes: 1 << 20, sharedBy: 1),
    ]

    private func costs(macs: Int, bytes: Int, executed: Int? = nil) -> CountedCosts {
        CountedCosts(
            macs: macs, elementOperations: [:], parameters: 0, weightBytes: 0, inputBytes: bytes, outputBytes: 0,
            executedMACs: executed)
    }

    @Test func theSlowerOfComputingAndMovingBinds() throws {
        let computing = try #require(ceilings.bound(of: costs(macs: 50_000, bytes: 1000), threads: 1, caches: caches))
        #expect(computing.limit == "compute" && abs(computing.seconds - 1e-6) < 1e-15)
        // What a cache can hold comes from there, the rest from the next level.
        let (near, far) = (Double(32 << 10) / 400e9, Double(1 << 20) / 200e9)
        for (bytes, level, seconds) in [
            (16 << 10, "L1", Double(16 << 10) / 400e9), (900 << 10, "L2", near + Double(868 << 10) / 200e9),
            (8 << 20, "memory", near + far + Double((7 << 20) - (32 << 10)) / 20e9),
        ] {
            let moving = try #require(ceilings.bound(of: costs(macs: 0, bytes: bytes), threads: 1, caches: caches))
            #expect(moving.limit == level && abs(moving.seconds - seconds) < 1e-15)
        }
        let cold = ceilings.bound(of: costs(macs: 0, bytes: 1000), threads: 1, caches: caches, isCold: true)
        #expect(cold?.limit == "memory")
        #expect(ceilings.bound(of: costs(macs: 0, bytes: 0), threads: 1, caches: caches) == nil)
        #expect(ceilings.bound(of: costs(macs: 1, bytes: 1), threads: 3, caches: caches) == nil)
    }

    @Test func theLimitIsThatOfTheProductsThatAreDone() {
        let winograd = ceilings.bound(of: costs(macs: 400_000, bytes: 8, executed: 100_000), threads: 1, caches: caches)
        #expect(winograd?.seconds == 2e-6)
    }

    @Test func ceilingsThatContradictOneAnotherAreNamed() {
        #expect(ceilings.doubts.isEmpty)
        var odd = ceilings
        odd.bandwidth[2].bytesPerSecond = 300e9
        odd.arithmetic[1].flops = 90e9
        odd.bandwidth.append(.init(level: "L1", block: 16 << 10, threads: 2, bytesPerSecond: 100e9, isSettled: false))
        #expect(
            odd.doubts == [
                "memory reads faster than L2 (1 thread)", "2 threads read L1 slower than one",
                "2 threads compute slower than one (avx2)",
                "the three best measurements differ by more than 3 % on L1, 2 threads",
            ])
    }

    @Test func theBestOfTwoMeasurementsIsKept() {
        var later = ceilings
        later.arithmetic[0].flops = 90e9
        later.bandwidth[0].bytesPerSecond = 500e9
        later.bandwidth[1] = .init(
            level: "L2", block: 512 << 10, threads: 1, bytesPerSecond: 900e9, isSettled: false)
        let merged = ceilings.merged(with: later)
        #expect(merged.arithmetic == ceilings.arithmetic)
        #expect(merged.bandwidth.map(\.bytesPerSecond) == [500e9, 200e9, 20e9], "what did not settle counts less")
        #expect(later.merged(with: ceilings).bandwidth.map(\.bytesPerSecond) == [500e9, 200e9, 20e9])
        #expect(merged.limited(to: [2]).arithmetic.map(\.threads) == [2])
    }

    @Test func aMachineKeepsItsBestBesideItsRuns() throws {
        try Fixture.inFolder { folder in
            let store = Store(folder)
            #expect(store.keep(ceilings, machine: "m") == ceilings, "a folder that is not there loses nothing")
            #expect(store.ceilings(machine: "m") == nil)
            try FileManager.default.createDirectory(atPath: "\(folder)/m", withIntermediateDirectories: true)
            var better = ceilings
            better.arithmetic[0].flops = 110e9
            #expect(store.keep(better, machine: "m") == better)
            #expect(store.keep(ceilings, machine: "m") == better)
            #expect(store.ceilings(machine: "m") == better)
            #expect(try store.files().isEmpty)
            try "{}".write(toFile: "\(folder)/m/ceilings.json", atomically: true, encoding: .utf8)
            #expect(store.ceilings(machine: "m") == nil)
            #expect(store.keep(ceilings, machine: "m") == ceilings)
        }
    }
}

import Comparison
import Foundation
import Results
import Testing

@Suite struct ComparisonFileTests {
    private let path = NSTemporaryDirectory() + "assay-comparison-" + UUID().uuidString + ".jsonl"

    private func write(_ comparison: Comparison) throws {
        let writer = try LineWriter(creating: path)
        try writer.append(ComparisonLine.header(comparison.header))
        for item in comparison.cases { try writer.append(ComparisonLine.case(item)) }
        for round in comparison.rounds { try writer.append(ComparisonLine.round(round)) }
        for (index, outcome) in comparison.outcomes { try writer.append(ComparisonLine.outcome(index, outcome)) }
        if let end = comparison.end { try writer.append(ComparisonLine.end(end)) }
    }

    @Test func whatIsWrittenIsRead() throws {
        defer { unlink(path) }
        var simulation = SimulatedComparison(ratios: [1, 1.1, 1])
        simulation.change = { index, pairing in
            if index == 2 { pairing.failure = SideFailure(.base, Failure(.timeout, "too long")) }
        }
        let comparison = try simulation.run().comparison
        try write(comparison)
        #expect(ComparisonFile.isOne(path))
        let read = try ComparisonFile.read(path)
        #expect(read.problems.isEmpty)
        #expect(read.rounds == comparison.rounds)
        #expect(read.outcomes == comparison.outcomes)
        #expect(read.end == comparison.end)
        #expect(Judgement(read).cases.map { $0.time } == Judgement(comparison).cases.map { $0.time })
    }

    @Test func damageIsNamedAndTheRestIsUsed() throws {
        defer { unlink(path) }
        let comparison = try SimulatedComparison(ratios: [1, 1]).run().comparison
        try write(comparison)
        var random = SeededGenerator(seed: 11)
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        let header = try #require(whole.firstIndex(of: UInt8(ascii: "\n")))
        for _ in 0..<60 {
            var damaged = whole
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                damaged[Int.random(in: (header + 1)..<damaged.count, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            if Bool.random(using: &random) {
                damaged = damaged.prefix(Int.random(in: (header + 1)...damaged.count, using: &random))
            }
            try damaged.write(to: URL(fileURLWithPath: path))
            let read = try ComparisonFile.read(path)
            #expect(read.rounds.count <= comparison.rounds.count + 5)
            _ = Judgement(read)
        }
    }

    @Test func anotherFileIsRefused() throws {
        defer { unlink(path) }
        #expect(throws: RunFileError.self) { try ComparisonFile.read(path) }
        for text in ["", "\n", "{}\n", "{\"header\":{\"format\":\"assay-run\"}}\n"] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            #expect(!ComparisonFile.isOne(path))
            #expect(throws: RunFileError.self) { try ComparisonFile.read(path) }
        }
        var later = Comparison(header: .test())
        later.header.version = 99
        unlink(path)
        try write(later)
        let error = #expect(throws: RunFileError.self) { try ComparisonFile.read(path) }
        #expect(error?.message.contains("99") == true)
    }
}

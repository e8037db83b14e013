import Comparison
import Foundation
import Platform
import Results
import Testing

@Suite struct ComparisonFileTests {
    private let path = NSTemporaryDirectory() + "assay-comparison-" + UUID().uuidString + ".jsonl"

    private func write(_ comparison: MeasuredComparison) throws {
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
        #expect(throws: FileError.self) { try ComparisonFile.read(path) }
        for text in ["", "\n", "{}\n", "{\"header\":{\"format\":\"assay-run\"}}\n"] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            #expect(!ComparisonFile.isOne(path))
            #expect(throws: FileError.self) { try ComparisonFile.read(path) }
        }
        var later = MeasuredComparison(header: .test())
        later.header.version = 99
        unlink(path)
        try write(later)
        let error = #expect(throws: FileError.self) { try ComparisonFile.read(path) }
        #expect(error?.message.contains("99") == true)
    }

    /// Figures that cannot be true, and the field that is named.
    private static let impossible: [(field: String, change: @Sendable (inout MeasuredComparison) -> Void)] = [
        ("case.sides.head.costs.macs", { $0.cases[0].sides.head?.costs?.macs = 1 << 62 }),
        ("case.sides.base.costs.macs", { $0.cases[0].sides.base?.costs?.macs = .min }),
        (
            "case.sides.head.costs.elementOperations.add",
            { $0.cases[0].sides.head?.costs?.elementOperations["add"] = .max }
        ),
        ("case.sides.head.costs.weightBytes", { $0.cases[0].sides.head?.costs?.weightBytes = .max }),
        ("case.sides.head.threads", { $0.cases[0].sides.head?.setting.threads = 0 }),
        ("case.sides.base.bytes", { $0.cases[0].sides.base?.bytes = -1 }),
        ("round.facts.base.memory.baseline", { $0.rounds[0].facts.base.memory?.baseline = .min }),
        ("round.facts.head.preparation.packedBytes", { $0.rounds[0].facts.head.preparation.packedBytes = .max }),
        ("round.samples.head.seconds[1]", { $0.rounds[0].samples.head.seconds[1] = 0 }),
        ("round.samples.base.seconds[2]", { $0.rounds[0].samples.base.seconds[2] = .infinity }),
        ("round.samples.head.cpuShare", { $0.rounds[0].samples.head[.cpuShare].removeLast() }),
        ("round.case", { $0.rounds[0].case = -1 }),
        ("end.wallSeconds", { $0.end?.wallSeconds = -1 }),
    ]

    @Test(arguments: impossible.indices) func impossibleFiguresAreRefusedWithTheirPlace(index: Int) throws {
        defer { unlink(path) }
        var comparison = try SimulatedComparison(ratios: [1, 1]).run().comparison
        Self.impossible[index].change(&comparison)
        try write(comparison)
        let read = try ComparisonFile.read(path)
        let problem = try #require(read.problems.first)
        let field = Self.impossible[index].field
        #expect(read.problems.count == 1)
        #expect(problem.message.hasPrefix("the line is damaged: \(field) "), "\(problem)")
        #expect(
            problem.line == (field.hasPrefix("case") ? 2 : field.hasPrefix("round") ? 4 : 4 + comparison.rounds.count))
        _ = Judgement(read)
    }

    @Test(arguments: [-1, -.infinity, .nan, 1e300]) func anImpossibleMarginIsRefused(margin: Double) throws {
        defer { unlink(path) }
        var comparison = MeasuredComparison(header: .test())
        comparison.header.options.margin = margin
        try write(comparison)
        #expect(ComparisonFile.isOne(path))
        let error = #expect(throws: FileError.self) { try ComparisonFile.read(path) }
        #expect(error?.line == 1)
        #expect(error?.message.contains("header.options.margin is ") == true, "\(error?.message ?? "")")
    }

    /// Rounds name their cases by place: those behind a case that is damaged keep theirs.
    @Test func aDamagedCaseTakesOnlyItsOwnRoundsAlong() throws {
        defer { unlink(path) }
        var comparison = try SimulatedComparison(ratios: [1, 1.1, 1]).run().comparison
        let verdicts = Judgement(comparison).cases.map { $0.time?.ratio }
        comparison.cases[0].sides.head?.costs?.macs = -1
        try write(comparison)
        let read = try ComparisonFile.read(path)
        #expect(read.problems.map(\.line) == [2])
        #expect(read.cases.map(\.label) == ["case 1", "case 2"])
        #expect(Judgement(read).cases.map { $0.time?.ratio } == Array(verdicts.dropFirst()))
    }

    /// Times at both ends of what a number can hold.
    @Test func extremeRatiosAreNoTrap() throws {
        var comparison = try SimulatedComparison(ratios: [1]).run().comparison
        for index in comparison.rounds.indices {
            let count = comparison.rounds[index].samples.base.seconds.count
            comparison.rounds[index].samples.base.seconds = Array(repeating: .leastNonzeroMagnitude, count: count)
            comparison.rounds[index].samples.head.seconds = Array(repeating: .greatestFiniteMagnitude, count: count)
        }
        #expect(Judgement(comparison).cases[0].time?.verdict == .slower)
    }
}

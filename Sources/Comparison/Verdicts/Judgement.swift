import Foundation
import Results
import Settings
import Statistics
import Workers

/// What a comparison comes to.
package struct Judgement: Sendable {
    package let header: ComparisonHeader
    /// Whether the sides took turns, and the ratios are of pairs; else each side was measured by itself.
    package let isPaired: Bool
    /// In the order of the comparison.
    package private(set) var cases: [CaseJudgement]
    /// What whoever reads it should know.
    package var notes: [String] = []

    init(header: ComparisonHeader, isPaired: Bool, cases: [CaseJudgement], notes: [String]) {
        self.header = header
        self.isPaired = isPaired
        self.cases = cases
        self.notes = notes
    }

    /// A function of the rounds alone, so that it can be made again from their file.
    package init(_ comparison: Comparison) {
        header = comparison.header
        isPaired = true
        let options = comparison.header.options
        let rounds = Dictionary(grouping: comparison.rounds, by: \.case)
        let sound = comparison.cases.indices.map { index in (rounds[index] ?? []).filter { !$0.isSpoilt } }
        let ratios = sound.map { $0.map(\.logRatio).filter { !$0.isNaN } }
        let compared = ratios.indices.filter { !ratios[$0].isEmpty && comparison.outcomes[$0] == nil }
        let times = Self.estimates(compared.map { ratios[$0] }, options: options)
        let memories = Self.estimates(compared.map { sound[$0].compactMap(\.logMemoryRatio) }, options: options)
        var (time, memory): ([Int: RatioEstimate], [Int: RatioEstimate]) = ([:], [:])
        for (place, index) in compared.enumerated() {
            time[index] = times[place]?.explained(by: comparison.code[index])
            memory[index] = memories[place]
        }
        cases = comparison.cases.indices.map { index in
            CaseJudgement(
                item: comparison.cases[index],
                observations: Both { _ in ratios[index].count },
                spoilt: (rounds[index] ?? []).count(where: \.isSpoilt),
                time: time[index], range: Self.range(of: ratios[index]),
                roundsNeeded: time[index].flatMap {
                    $0.verdict == .inconclusive
                        ? Self.roundsNeeded(ratios[index], tests: compared.count, options: options) : nil
                },
                leastVisible: Self.leastVisible(ratios[index], tests: compared.count, options: options),
                medians: time[index] == nil ? nil : Self.medians(sound[index]), memory: memory[index],
                changes: time[index] == nil
                    ? [] : Self.changes(comparison.cases[index], sound[index], memory: memory[index]),
                code: comparison.code[index], outcome: comparison.outcomes[index])
        }
        let builds = header.sides.map(\.build)
        if builds.base == builds.head, !builds.base.isEmpty {
            notes.append("both sides are built of the same sources: what differs is not the program")
        }
        if comparison.end == nil { notes.append("it was cut off: what is said rests on the rounds that were played") }
        if comparison.end?.ranOut == true {
            notes.append("the budget was over before every interval was narrow enough: --budget gives more")
        }
        let crowded = cases.filter { 2 * $0.spoilt > $0.observations.head }
        if !crowded.isEmpty {
            notes.append(
                "other programs disturbed many rounds of \(crowded.count) case\(crowded.count == 1 ? "" : "s"): the "
                    + "machine is not quiet")
        }
    }

    /// Leaves out the other cases. What was concluded of all of them stays as it was.
    package mutating func keep(where isKept: (CaseJudgement) -> Bool) { cases.removeAll { !isKept($0) } }

    /// The geometric mean of the ratios of a suite; nil where nothing of it was compared.
    package func geometricMean(of suite: String) -> Double? {
        GeometricMean.of(cases.filter { $0.item.suite == suite }.compactMap { $0.time?.ratio })
    }

    /// Suites in the order in which they were asked for.
    package var suites: [String] { header.suites.map(\.name) }

    package func count(_ verdict: Verdict) -> Int { cases.count { $0.time?.verdict == verdict } }

    /// An estimate for each list of log ratios; nil for one that is empty. Holm's correction goes over those that are not.
    static func estimates(_ ratios: [[Double]], options: ComparisonOptions) -> [RatioEstimate?] {
        let present = ratios.indices.filter { !ratios[$0].isEmpty }
        let pValues = Holm.adjusted(present.map { SignTest(ratios[$0]).pValue(beyond: options.logMargin) })
        var estimates = [RatioEstimate?](repeating: nil, count: ratios.count)
        for (index, pValue) in zip(present, pValues) {
            guard let quantiles = Quantiles(ratios[index]) else { continue }
            let interval = MedianInterval(quantiles, confidence: options.confidence)
            estimates[index] = RatioEstimate(
                ratio: exp(quantiles.median), interval: interval.map { exp($0.low)...exp($0.high) }, pValue: pValue,
                options: options)
        }
        return estimates
    }

    /// Rounds with which there would be a verdict, if those to come are spread as those that were played. Beyond the margin
    /// the whole suite's confidence counts, within it one interval's. Nil where even very many would not tell: then the
    /// ratio lies at the margin.
    private static func roundsNeeded(_ ratios: [Double], tests: Int, options: ComparisonOptions) -> Int? {
        guard let quantiles = Quantiles(ratios) else { return nil }
        let margin = options.logMargin
        func settles(_ count: Int) -> Bool {
            let all = MedianInterval.expected(
                of: quantiles, count: count, confidence: options.confidenceOfEach(of: tests))
            if let all, all.low > margin || all.high < -margin { return true }
            let one = MedianInterval.expected(of: quantiles, count: count, confidence: options.confidence)
            return one.map { $0.low >= -margin && $0.high <= margin } ?? false
        }
        var count = ratios.count + 1
        while !settles(count) {
            count += max(1, count / 16)
            if count > mostNeeded { return nil }
        }
        return count
    }

    private static let mostNeeded = 10_000

    private static func range(of logarithms: [Double]) -> ClosedRange<Double>? {
        guard let least = logarithms.min(), let most = logarithms.max() else { return nil }
        return exp(least)...exp(most)
    }

    /// Were all times of the head longer by so much, the lower end of the interval, at the confidence that the suite asks of
    /// each case, would be at the margin.
    private static func leastVisible(_ ratios: [Double], tests: Int, options: ComparisonOptions) -> Double? {
        let confidence = options.confidenceOfEach(of: tests)
        guard let quantiles = Quantiles(ratios), let interval = MedianInterval(quantiles, confidence: confidence)
        else { return nil }
        return exp(options.logMargin + quantiles.median - interval.low)
    }

    private static func medians(_ rounds: [Round]) -> Both<Double>? {
        let all = Both { side in Quantiles(rounds.flatMap { $0.samples[side].seconds })?.median }
        guard let base = all.base, let head = all.head else { return nil }
        return Both(base: base, head: head)
    }

    private static func changes(_ item: ComparedCase, _ rounds: [Round], memory: RatioEstimate?) -> [MetricChange] {
        guard let last = rounds.last else { return [] }
        let records = Both { item.record(of: $0, facts: last.facts[$0]) }
        var changes = MetricChange.exact(base: records.base, head: records.head)
        let bytes = Both { side in
            Quantiles(rounds.compactMap { $0.ownMemory[side] })?.median ?? 0
        }
        if let memory, memory.verdict == .slower || memory.verdict == .faster,
            abs(bytes.head - bytes.base) >= leastMemoryChange,
            let change = MetricChange(.ownMemory, base: bytes.base, head: bytes.head)
        {
            changes.append(change)
        }
        return changes
    }

    /// Bytes: below that it is what the allocator and the pages around a process make of it.
    private static let leastMemoryChange = 256.0 * 1024
}

extension ComparisonOptions {
    /// The confidence of one interval with which that of the whole suite is kept: Bonferroni's, which is Holm's for the
    /// clearest difference.
    package func confidenceOfEach(of tests: Int) -> Double { 1 - (1 - confidence) / Double(max(tests, 1)) }
}

extension Round {
    /// Resident bytes above the program itself.
    var ownMemory: Both<Double?> { facts.map { $0.memory.map { Double($0.peak) - Double($0.baseline) } } }

    /// ln(head / base) of them; nil where one is not known.
    var logMemoryRatio: Double? {
        guard let base = ownMemory.base, let head = ownMemory.head, base > 0, head > 0 else { return nil }
        return log(head / base)
    }
}

extension ComparedCase {
    /// What is known of a side, as a record that metrics can be read from. Costs that a side does not tell are taken to be
    /// the other's, so that no difference is made up.
    func record(of side: Side, facts: Round.Facts) -> Record {
        let listed = sides[side] ?? sides[side.other]
        let nothing = CountedCosts(
            macs: 0, elementOperations: [:], parameters: 0, weightBytes: 0, inputBytes: 0, outputBytes: 0)
        let costs = sides.base?.costs != nil && sides.head?.costs != nil ? sides[side]?.costs : nil
        return Record(
            case: listed?.name ?? name, label: label, kind: listed?.kind ?? "", name: listed?.workload ?? "",
            parameters: listed?.parameters ?? [:], setting: listed?.setting ?? Setting(""),
            status: .measured, costs: costs ?? nothing, preparation: facts.preparation, memory: facts.memory,
            started: "", wallSeconds: 0)
    }
}

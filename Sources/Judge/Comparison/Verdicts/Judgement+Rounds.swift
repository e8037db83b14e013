import Results
import Statistics

extension Judgement {
    /// Judges the rounds of a comparison. Needs only its file, so it can be repeated later.
    package init(_ comparison: MeasuredComparison) {
        let options = comparison.header.options
        let rounds = Dictionary(grouping: comparison.rounds, by: \.case)
        let sound = comparison.cases.indices.map { index in (rounds[index] ?? []).filter { !$0.isSpoilt } }
        let ratios = sound.map { LogRatios($0.map(\.logRatio)) }
        let compared = ratios.indices.filter { !ratios[$0].isEmpty && comparison.outcomes[$0] == nil }
        let times = RatioEstimate.estimates(of: compared.map { ratios[$0] }, options: options)
        let memories = RatioEstimate.estimates(
            of: compared.map { LogRatios(sound[$0].compactMap(\.logMemoryRatio)) }, options: options)
        var (time, memory): ([Int: RatioEstimate], [Int: RatioEstimate]) = ([:], [:])
        for (place, index) in compared.enumerated() {
            time[index] = times[place]?.explained(by: comparison.code[index])
            memory[index] = memories[place]
        }
        let cases = comparison.cases.indices.map { index in
            CaseJudgement(
                item: comparison.cases[index],
                observations: Both { _ in ratios[index].count },
                spoilt: (rounds[index] ?? []).count(where: \.isSpoilt),
                time: time[index], range: ratios[index].range,
                roundsNeeded: time[index]?.verdict == .inconclusive
                    ? ratios[index].roundsNeeded(tests: compared.count, options: options) : nil,
                leastVisible: ratios[index].leastVisible(tests: compared.count, options: options),
                medians: time[index] == nil ? nil : Self.medians(sound[index]), memory: memory[index],
                changes: time[index] == nil
                    ? [] : MetricChange.all(in: comparison.cases[index], sound[index], memory: memory[index]),
                code: comparison.code[index], outcome: comparison.outcomes[index])
        }
        self.init(
            header: comparison.header, isPaired: true, cases: cases, notes: Self.notes(on: comparison, cases: cases))
    }

    private static func medians(_ rounds: [Round]) -> Both<Double>? {
        let all = Both { side in Quantiles(rounds.flatMap { $0.samples[side].seconds })?.median }
        guard let base = all.base, let head = all.head else { return nil }
        return Both(base: base, head: head)
    }

    private static func notes(on comparison: MeasuredComparison, cases: [CaseJudgement]) -> [String] {
        var notes: [String] = []
        let builds = comparison.header.sides.map(\.build)
        if builds.base == builds.head, !builds.base.isEmpty {
            notes.append("both sides are built from the same sources: any difference is not the program's")
        }
        if comparison.end == nil {
            notes.append("the comparison was cut off: the verdicts are based on the rounds so far")
        }
        if comparison.end?.ranOut == true {
            notes.append("the budget ran out before every interval was narrow enough: raise --budget")
        }
        let crowded = cases.count { 2 * $0.spoilt > $0.observations.head }
        if crowded > 0 {
            notes.append(
                "other programs disturbed many rounds of \(crowded) case\(crowded == 1 ? "" : "s"): the machine is "
                    + "not quiet")
        }
        return notes
    }
}

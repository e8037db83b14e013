import Statistics

/// What comparisons of a program with itself say about the method: whether it gives false alarms, whether its intervals
/// have the promised coverage, and what it could have detected.
package struct SelfTest: Sendable {
    /// One or more comparisons of the same cases.
    package let judgements: [Judgement]

    package init(_ judgements: [Judgement]) { self.judgements = judgements }

    /// A case for which the truth is known.
    package struct Finding: Sendable {
        package let item: CaseJudgement
        /// Whether work was added to the head.
        package let isSlowed: Bool
    }

    /// The cases of one comparison that were compared.
    package func findings(of judgement: Judgement) -> [Finding] {
        judgement.cases.filter { $0.time != nil }.map {
            Finding(item: $0, isSlowed: judgement.header.options.slows($0.item))
        }
    }

    private var all: [Finding] { judgements.flatMap(findings) }

    /// Verdicts on cases with equal sides.
    package var unslowed: Int { all.count { !$0.isSlowed } }

    /// Verdicts of `slower` or `faster` on cases with equal sides.
    package var falseAlarms: Int {
        all.count { !$0.isSlowed && ($0.item.time?.verdict == .slower || $0.item.time?.verdict == .faster) }
    }

    /// Verdicts of `moved`: measured differences, but not false alarms, since nothing fails because of them.
    package var moved: Int { all.count { $0.item.time?.verdict == .moved } }

    /// Cases that should have been measured and were not: a side failed, or the time ran out.
    package var unmeasured: Int {
        let cases = judgements.flatMap(\.cases)
        let open = cases.count { item in
            switch item.outcome {
            case .failed, .incomparable: true
            case nil: item.time == nil
            case .oneSided, .unsupported: false
            }
        }
        // A comparison without any cases also counts as unmeasured.
        return open + judgements.count { findings(of: $0).isEmpty && open == 0 }
    }

    /// Whether there is a conclusive verdict: without one, the absence of false alarms means nothing.
    package var tells: Bool { all.contains { $0.item.time.map { $0.verdict != .inconclusive } ?? false } }

    /// Comparisons without a false alarm.
    package var quietComparisons: Int { judgements.count { SelfTest([$0]).falseAlarms == 0 } }

    /// How many of the intervals with equal sides contain the true ratio, 1.
    package var coverage: (covered: Int, of: Int) {
        let intervals = all.filter { !$0.isSlowed }.compactMap { $0.item.time?.interval }
        return (intervals.count { $0.contains(1) }, intervals.count)
    }

    /// How many of the cases with added work were judged slower.
    package var found: (slower: Int, of: Int) {
        let slowed = all.filter(\.isSlowed)
        return (slowed.count { $0.item.time?.verdict == .slower }, slowed.count)
    }
}

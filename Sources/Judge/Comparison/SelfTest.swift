import Statistics

/// What comparisons of a program with itself tell of the procedure: whether it gives false alarms, whether its intervals
/// hold what they promise, and what it could have seen.
package struct SelfTest: Sendable {
    /// One comparison or more, of the same cases.
    package let judgements: [Judgement]

    package init(_ judgements: [Judgement]) { self.judgements = judgements }

    /// A case whose truth is known.
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

    /// Verdicts on cases where both sides are alike.
    package var unslowed: Int { all.count { !$0.isSlowed } }

    /// Verdicts of `slower` or `faster` where both sides are alike.
    package var falseAlarms: Int {
        all.count { !$0.isSlowed && ($0.item.time?.verdict == .slower || $0.item.time?.verdict == .faster) }
    }

    /// Verdicts of `moved`: no false alarms, as nothing fails by them, but differences that were measured.
    package var moved: Int { all.count { $0.item.time?.verdict == .moved } }

    /// Cases that could have been measured and were not: a side failed, or the time was over before.
    package var unmeasured: Int {
        let cases = judgements.flatMap(\.cases)
        let open = cases.count { item in
            switch item.outcome {
            case .failed, .incomparable: true
            case nil: item.time == nil
            case .oneSided, .unsupported: false
            }
        }
        // A comparison of nothing is one that was not made.
        return open + judgements.count { findings(of: $0).isEmpty && open == 0 }
    }

    /// Whether there is any verdict: where all are inconclusive, that there is no false one says nothing.
    package var tells: Bool { all.contains { $0.item.time.map { $0.verdict != .inconclusive } ?? false } }

    /// Comparisons without a false alarm.
    package var quietComparisons: Int { judgements.count { SelfTest([$0]).falseAlarms == 0 } }

    /// Of the intervals where both sides are alike, how many hold the truth: a ratio of 1.
    package var coverage: (covered: Int, of: Int) {
        let intervals = all.filter { !$0.isSlowed }.compactMap { $0.item.time?.interval }
        return (intervals.count { $0.contains(1) }, intervals.count)
    }

    /// Of the cases to which work was added, how many were called slower.
    package var found: (slower: Int, of: Int) {
        let slowed = all.filter(\.isSlowed)
        return (slowed.count { $0.item.time?.verdict == .slower }, slowed.count)
    }
}

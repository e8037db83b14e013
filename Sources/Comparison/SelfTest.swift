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

    /// Verdicts of `slower` or `faster` where both sides are alike.
    package var falseAlarms: Int {
        all.count { !$0.isSlowed && ($0.item.time?.verdict == .slower || $0.item.time?.verdict == .faster) }
    }

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

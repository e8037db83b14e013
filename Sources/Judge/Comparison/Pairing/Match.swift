import Workers

/// A case and the two programs that run it.
struct Match {
    /// The case's index in the comparison.
    let index: Int
    let item: ComparedCase
    let contenders: Both<Contender>
    let options: ComparisonOptions
    let interrupted: () -> Bool

    /// A side's name for the case.
    func name(of side: Side) throws(UnknownCase) -> String {
        guard let name = item.sides[side]?.name else { throw UnknownCase(side: side) }
        return name
    }

    /// A worker of a side, in one of its layouts.
    func worker(of side: Side, layout: Int = 0) -> Worker {
        Worker(executable: contenders[side].layouts[layout], threads: item.threads, folder: contenders[side].folder)
    }

    var hasLayouts: Bool { contenders.base.layouts.count > 1 || contenders.head.layouts.count > 1 }

    /// The layout of each side in a round, counted from 0: every pair of layouts occurs once before any is repeated.
    func layouts(ofRound round: Int) -> Both<Int> {
        let counts = contenders.map(\.layouts.count)
        return Both(base: round % counts.base, head: (round + round / counts.base) % counts.head)
    }

    /// Whether each thread of the case is pinned to its own processor.
    var pinsThreads: Bool { options.pin && item.threads > 1 }
}

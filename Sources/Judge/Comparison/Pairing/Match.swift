import Workers

/// A case and the two programs that play it.
struct Match {
    /// The case's place in the comparison.
    let index: Int
    let item: ComparedCase
    let contenders: Both<Contender>
    let options: ComparisonOptions
    let interrupted: () -> Bool

    /// What a side calls the case.
    func name(of side: Side) throws(UnknownCase) -> String {
        guard let name = item.sides[side]?.name else { throw UnknownCase(side: side) }
        return name
    }

    /// A process of a side, in one of its layouts.
    func worker(of side: Side, layout: Int = 0) -> Worker {
        Worker(executable: contenders[side].layouts[layout], threads: item.threads, folder: contenders[side].folder)
    }

    var hasLayouts: Bool { contenders.base.layouts.count > 1 || contenders.head.layouts.count > 1 }

    /// Which layout each side has in a round, counted from 0: every pair of them comes once before any comes again.
    func layouts(ofRound round: Int) -> Both<Int> {
        let counts = contenders.map(\.layouts.count)
        return Both(base: round % counts.base, head: (round + round / counts.base) % counts.head)
    }

    /// Every thread of the case keeps a processor of its own.
    var pinsThreads: Bool { options.pin && item.threads > 1 }
}

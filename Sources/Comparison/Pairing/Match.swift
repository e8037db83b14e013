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

    /// A process of a side.
    func worker(of side: Side) -> Worker {
        Worker(executable: contenders[side].executable, threads: item.threads, folder: contenders[side].folder)
    }

    /// Every thread of the case keeps a processor of its own.
    var pinsThreads: Bool { options.pin && item.threads > 1 }
}

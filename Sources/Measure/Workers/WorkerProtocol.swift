import Results

/// What is said to a process that measures, and heard from it: JSON lines over its standard input and output.
///
/// `assay compare` talks to the programs of other commits. So what a version could do stays as it was: a request says the
/// oldest version that understands it, fields may be added to what is answered only where older readers pass over them,
/// and a field that an older program leaves out is optional here.
package enum WorkerProtocol {
    /// 1: measure a case, profile it, measure ceilings. 2: say the version, list cases, take turns. 3: say what it computes for
    /// others, take operands from files and deliver outputs in files.
    package static let version = 3
}

/// The first line that a worker reads, and for most tasks the only one.
package struct WorkerRequest: Codable, Sendable {
    /// What to do.
    package enum Task: Codable, Sendable {
        case measure(MeasureTask)
        case profile(ProfileTask)
        /// Measure the machine's ceilings on these numbers of threads.
        case ceilings(threads: [Int])
        /// Say the version.
        case hello
        case list(ListTask)
        case takeTurns(TurnsTask)
        /// Say what you compute for others.
        case offer

        /// The oldest version that understands it.
        var version: Int {
            switch self {
            case .measure, .profile, .ceilings: 1
            case .hello, .list: 2
            case .takeTurns(let task): task.exchange == nil ? 2 : 3
            case .offer: 3
            }
        }
    }

    package var version: Int
    package var task: Task

    package init(_ task: Task) {
        self.task = task
        version = task.version
    }
}

/// A line that a worker writes.
package enum WorkerMessage: Codable, Sendable {
    /// What it begins to do: when it dies, this is what it died of.
    case stage(String)
    case measured(Measured)
    case profiled(Profiled)
    case failed(Failure, Answer?)
    case ceilings(Ceilings)
    case hello(version: Int)
    case listed(Listing)
    case ready(Readiness)
    case turn(Turn)
    case offers([Offer])
}

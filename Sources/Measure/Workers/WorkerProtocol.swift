import Results

/// The messages to and from a measuring process: JSON lines over its standard input and output.
///
/// `assay compare` talks to the programs of other commits. So each version must keep its meaning: a request states the
/// oldest version that understands it, fields may be added to answers only if older readers ignore them, and fields
/// that an older program leaves out are optional here.
package enum WorkerProtocol {
    /// 1: measure a case, profile it, measure ceilings. 2: report the version, list cases, take turns. 3: offer
    /// implementations to others, read operands from files and write outputs to files.
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
        /// Report the version.
        case hello
        case list(ListTask)
        case takeTurns(TurnsTask)
        /// Report what the program computes for others.
        case offer

        /// The oldest version that understands the task.
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
    /// The stage that begins: if the worker dies, this is where.
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

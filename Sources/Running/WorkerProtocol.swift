import Measurement
import Results

/// What a run says to the process that measures, and hears from it: JSON lines over its standard input and output.
///
/// Versioned, because `assay compare` will talk to binaries of other commits.
package enum WorkerProtocol {
    package static let version = 1
}

/// The one line that a worker reads.
package struct WorkerRequest: Codable, Sendable {
    /// What to do.
    package enum Task: Codable, Sendable {
        case measure(MeasureTask)
        case profile(ProfileTask)
        /// Measure the machine's ceilings on these numbers of threads.
        case ceilings(threads: [Int])
    }

    package var version = WorkerProtocol.version
    package var task: Task

    package init(_ task: Task) { self.task = task }
}

/// A case to verify and measure.
package struct MeasureTask: Codable, Sendable {
    /// Whole, with one implementation.
    package var name: String
    package var seed: UInt64
    package var sampling: SamplingOptions
    /// Rotate operands through more memory than this many bytes of cache; nil leaves caches warm.
    package var coldBeyond: Int?
    /// The case has one thread: the process keeps the processor on which it began.
    package var staysOnOneProcessor = false
    /// Every thread keeps a processor of its own.
    package var pinsThreads = false

    package init(name: String, seed: UInt64, sampling: SamplingOptions, coldBeyond: Int?) {
        self.name = name
        self.seed = seed
        self.sampling = sampling
        self.coldBeyond = coldBeyond
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
}

/// All that a worker learns of a case.
package struct Measured: Codable, Sendable {
    package var answer: Answer
    package var preparation: Preparation
    package var samples: Samples
    /// Nil where other things were measured in the same process.
    package var memory: Memory?

    package init(answer: Answer, preparation: Preparation, samples: Samples, memory: Memory?) {
        self.answer = answer
        self.preparation = preparation
        self.samples = samples
        self.memory = memory
    }
}

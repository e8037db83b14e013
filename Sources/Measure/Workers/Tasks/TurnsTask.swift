import Results

/// A case to be made ready, and then timed a turn at a time, whenever the other side tells it to: two programs that take
/// turns so are disturbed by the same machine.
package struct TurnsTask: Codable, Sendable {
    /// Whole, with one implementation.
    package var name: String
    package var seed: UInt64
    /// Compare the answer with the reference; a process whose outputs have the same fingerprint as those of one that did need not.
    package var verifies: Bool
    /// Watch which code runs: see `HotCode`.
    package var watchesCode = false
    /// The case has one thread: it keeps the processor of this number, counted round those there are. Both sides get the same.
    package var processor: Int?
    /// Every thread keeps a processor of its own.
    package var pinsThreads = false
    /// Work added to every turn, as a share of the time it takes without.
    package var slowdown = 0.0
    /// A folder with a file of each operand, `NAME.npy`, as `assay dump` writes it, into which outputs are delivered. Nil: the
    /// process draws the operands by itself.
    package var exchange: String?

    package init(name: String, seed: UInt64, verifies: Bool) {
        self.name = name
        self.seed = seed
        self.verifies = verifies
    }
}

/// What a worker says when its case can be timed.
package struct Readiness: Codable, Sendable {
    /// Nil where it was not to be verified.
    package var answer: Answer?
    /// Of the bits of all outputs: the same answer has the same.
    package var outputs: UInt64
    package var preparation: Preparation
    package var memory: Memory
    /// Seconds a call takes, about: once warm.
    package var callSeconds: Double
    /// Where the time goes; nil where it was not to be watched.
    package var hotCode: HotCode?

    package init(
        answer: Answer?, outputs: UInt64, preparation: Preparation, memory: Memory, callSeconds: Double,
        hotCode: HotCode? = nil
    ) {
        self.answer = answer
        self.outputs = outputs
        self.preparation = preparation
        self.memory = memory
        self.callSeconds = callSeconds
        self.hotCode = hotCode
    }
}

/// A line to a worker that is ready: run the case so often untimed, then so often timed. The end of its input ends it.
package struct TurnRequest: Codable, Sendable, Hashable {
    package var warmup: Int
    package var calls: Int
    /// After the calls, write the outputs into the folder of exchange. Nil if there is none.
    package var delivers: Bool?

    package init(warmup: Int, calls: Int) {
        self.warmup = warmup
        self.calls = calls
    }
}

/// What a turn took, and what may have spoilt it.
package struct Turn: Sendable, Hashable {
    /// Seconds per call.
    package var seconds: Double
    /// What was counted beside the clock, by the names of the counters.
    package var counts: [String: Double]

    package init(seconds: Double, counts: [String: Double] = [:]) {
        self.seconds = seconds
        self.counts = counts
    }
}

/// Each count is a field of its own, beside the time.
extension Turn: Codable {
    private enum CodingKeys: CodingKey, CaseIterable { case seconds }

    package init(from decoder: any Decoder) throws {
        self.init(
            seconds: try decoder.container(keyedBy: CodingKeys.self).decode(Double.self, forKey: .seconds),
            counts: try CounterField.all(Double.self, in: decoder, beside: CodingKeys.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(seconds, forKey: .seconds)
        try CounterField.encode(counts, to: encoder)
    }
}

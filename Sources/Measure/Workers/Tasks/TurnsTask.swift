import Results

/// A case to prepare and then time in turns, on request. Two programs that take turns are affected by the same
/// disturbances of the machine.
package struct TurnsTask: Codable, Sendable {
    /// The full name, with one implementation.
    package var name: String
    package var seed: UInt64
    /// Whether to compare the answer with the reference. Not needed if a process with the same outputs did.
    package var verifies: Bool
    /// Whether to sample which code runs: see `HotCode`.
    package var watchesCode = false
    /// The processor to pin a case of one thread to: an index modulo the number of processors. The same for both sides.
    package var processor: Int?
    /// Whether each thread is pinned to its own processor.
    package var pinsThreads = false
    /// Work added to every turn, as a share of the time without it.
    package var slowdown = 0.0
    /// A folder with a file per operand, `NAME.npy`, as `assay dump` writes it; outputs are written there too. Nil: the
    /// process draws the operands itself.
    package var exchange: String?

    package init(name: String, seed: UInt64, verifies: Bool) {
        self.name = name
        self.seed = seed
        self.verifies = verifies
    }
}

/// A worker's message that its case can now be timed.
package struct Readiness: Codable, Sendable {
    /// Nil if verification was not requested.
    package var answer: Answer?
    /// The fingerprint of the bits of all outputs: equal answers have equal fingerprints.
    package var outputs: UInt64
    package var preparation: Preparation
    package var memory: Memory
    /// Approximate seconds per call, once warm.
    package var callSeconds: Double
    /// The code that takes the time; nil if sampling was not requested.
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

/// A line to a worker that is ready: run `warmup` calls untimed, then `calls` timed. The end of its input ends it.
package struct TurnRequest: Codable, Sendable, Hashable {
    package var warmup: Int
    package var calls: Int
    /// Whether to write the outputs into the exchange folder after the calls. Nil means no.
    package var delivers: Bool?

    package init(warmup: Int, calls: Int) {
        self.warmup = warmup
        self.calls = calls
    }
}

/// The time of a turn, and the counters that may explain it.
package struct Turn: Sendable, Hashable {
    /// Seconds per call.
    package var seconds: Double
    /// The values of the counters by name.
    package var counts: [String: Double]

    package init(seconds: Double, counts: [String: Double] = [:]) {
        self.seconds = seconds
        self.counts = counts
    }
}

/// Each count is its own field, next to the time.
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

import Statistics

/// A quantity that is counted around every sample, in addition to the time: a named column of the samples.
///
///     static let faults = Counter("minorFaults")   // a sample keeps the difference of two readings
package struct Counter: Sendable {
    /// The name in run files and in the worker protocol: `cpuShare`.
    package let name: String
    /// The unit of the values that samples keep: `1`, `s` ...
    package let unit: String
    /// Whether samples have only whole numbers.
    package let isWhole: Bool
    private let keep: @Sendable (_ difference: Double, _ nanoseconds: Double) -> Double

    /// - Parameter keep: turns the difference between two readings, and the nanoseconds between them, into the value
    ///   that a sample keeps. The default is the difference itself.
    package init(
        _ name: String, unit: String = "1", isWhole: Bool = true,
        keep: @escaping @Sendable (_ difference: Double, _ nanoseconds: Double) -> Double = { difference, _ in
            difference
        }
    ) {
        self.name = name
        self.unit = unit
        self.isWhole = isWhole
        self.keep = keep
    }

    /// The value that a sample of this duration keeps, from the readings before and after it.
    package func value(_ before: Double, _ after: Double, nanoseconds: UInt64) -> Double {
        keep(after - before, Double(nanoseconds))
    }
}

/// Counters that are read together, and the metrics that reports derive from their columns.
///
/// A new counter is a file next to this one and a line in `CounterCatalog`.
package struct CounterGroup: Sendable {
    /// Writes the counts since the process began or since the counter was opened. Does not allocate.
    package typealias Reading = (_ values: UnsafeMutablePointer<Double>) -> Void

    /// What a group may need to know about the process.
    package struct Host: Sendable {
        /// The `cpu.stat` of the control group whose quota can throttle this process; nil if none can.
        package let throttlingFile: String?

        package init(throttlingFile: String? = nil) { self.throttlingFile = throttlingFile }
    }

    package let counters: [Counter]
    package let metrics: [Metric]
    /// Begins to count in this process. Nil if the system does not count this.
    package let open: (@Sendable (Host) -> Reading?)

    package init(
        _ counters: [Counter], metrics: [Metric], open: @escaping @Sendable (Host) -> Reading?
    ) {
        self.counters = counters
        self.metrics = metrics
        self.open = open
    }
}

extension Metric {
    /// The sum of columns over all samples, in the unit of the first; absent if one was not recorded.
    static func summed(_ name: String, _ title: String, _ counters: [Counter]) -> Metric {
        Metric(name, title, unit: counters[0].unit, better: .lower, statistics: ["sum"]) { record in
            let columns = counters.map { record.ownColumn($0) }
            guard columns.allSatisfy({ !$0.isEmpty }) else { return [] }
            return [Figure("sum", columns.joined().reduce(0, +))]
        }
    }

    /// The median over the samples of a value computed from some columns; absent if one was not recorded.
    /// - Parameter value: computes the value from a sample's columns, in the order of `counters`, and its calls.
    static func median(
        _ name: String, _ title: String, unit: String = "1", better: Better, _ counters: [Counter],
        _ value: @escaping @Sendable (_ values: [Double], _ calls: Double) -> Double
    ) -> Metric {
        Metric(name, title, unit: unit, better: better, statistics: ["median"]) { record in
            let columns = counters.map { record.ownColumn($0) }
            let count = columns.map(\.count).min() ?? 0
            let calls = Double(record.samples?.calls ?? 1)
            let values = (0..<count).map { sample in value(columns.map { $0[sample] }, calls) }.filter(\.isFinite)
            return Quantiles(values).map { [Figure("median", $0.median)] } ?? []
        }
    }
}

extension Record {
    /// A column of samples with counters. Layers have none, since counters are read around a round of all layers.
    /// (Older files give each layer those of its round.)
    fileprivate func ownColumn(_ counter: Counter) -> [Double] {
        kind == Self.layerKind ? [] : samples?[counter] ?? []
    }
}

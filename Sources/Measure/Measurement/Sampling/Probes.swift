import Results

/// Reads the counters of this process around every sample, to find or explain disturbances.
package final class Probes {
    /// The counters that the system provides, in reading order.
    package let counters: [Counter]
    private let readings: [(first: Int, read: CounterGroup.Reading)]
    private let before: UnsafeMutablePointer<Double>
    private let after: UnsafeMutablePointer<Double>

    /// Begins to count. Groups that the system does not provide are left out.
    package init(_ groups: [CounterGroup] = CounterCatalog.groups, host: CounterGroup.Host = CounterGroup.Host()) {
        var (counters, readings): ([Counter], [(Int, CounterGroup.Reading)]) = ([], [])
        for group in groups {
            guard let read = group.open(host) else { continue }
            readings.append((counters.count, read))
            counters += group.counters
        }
        (self.counters, self.readings) = (counters, readings)
        before = .allocate(capacity: counters.count)
        after = .allocate(capacity: counters.count)
        before.initialize(repeating: 0, count: counters.count)
        after.initialize(repeating: 0, count: counters.count)
    }

    deinit {
        before.deallocate()
        after.deallocate()
    }

    /// Probes for this process on the running system.
    package static var current: Probes {
        Probes(host: CounterGroup.Host(throttlingFile: ControlGroup(SystemFiles()).throttlingFile))
    }

    /// Reads before the timed window, with the last group closest to it.
    package func begin() { for (first, read) in readings { read(before + first) } }

    /// Reads after the timed window, last group first.
    package func end() { for (first, read) in readings.reversed() { read(after + first) } }

    /// Passes each counter's name and value for a sample, from the last two readings. Does not allocate.
    package func forEachCount(nanoseconds: UInt64, _ body: (_ name: String, _ value: Double) -> Void) {
        for (index, counter) in counters.enumerated() {
            body(counter.name, counter.value(before[index], after[index], nanoseconds: nanoseconds))
        }
    }
}

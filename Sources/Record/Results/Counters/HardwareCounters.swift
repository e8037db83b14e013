import CPlatform
import Glibc

extension Counter {
    /// Counted by the processor for the threads of this process, in user mode. Not whole if the processor had to share
    /// its counters: the system then reports the share of time in which it counted.
    package static let instructions = Counter("instructions", isWhole: false)
    package static let cycles = Counter("cycles", isWhole: false)
    /// Accesses that the last-level cache could not serve.
    package static let cacheMisses = Counter("llcMisses", isWhole: false)
}

extension CounterGroup {
    /// Counters of the processor, by perf_event_open(2); each may be missing. Virtual machines often have none.
    static let hardware = [
        event(
            0, .instructions, config: 1,
            metrics: [
                perCall("instructions", "Instructions per call", .instructions),
                .median("instructions_per_cycle", "Instructions per cycle", better: .higher, [.instructions, .cycles]) {
                    values, _ in values[0] / values[1]
                },
            ]),
        event(0, .cycles, config: 0, metrics: [perCall("cycles", "Cycles per call", .cycles)]),
        event(
            0, .cacheMisses, config: 3,
            metrics: [
                perCall("llc_misses", "LLC misses per call", .cacheMisses)
            ]),
    ]

    private static func perCall(_ name: String, _ title: String, _ counter: Counter) -> Metric {
        .median(name, title, unit: counter.unit, better: .lower, [counter]) { values, calls in values[0] / calls }
    }

    /// A group with a single event.
    /// - Parameters:
    ///   - type: the system's number for the kind of event: 0 for hardware, 1 for software.
    ///   - config: the event's number within its kind.
    package static func event(_ type: UInt32, _ counter: Counter, config: UInt64, metrics: [Metric] = [])
        -> CounterGroup
    {
        CounterGroup([counter], metrics: metrics) { _ in
            guard let event = PerformanceEvent(type: type, config: config) else { return nil }
            return { $0[0] = event.count }
        }
    }

    /// Why a counter cannot be read, and the remedy.
    package struct Fault: Sendable, Hashable {
        package let reason: String
        package let remedy: String

        package init(_ reason: String, remedy: String) {
            self.reason = reason
            self.remedy = remedy
        }
    }

    /// Why the hardware counters cannot be read here; nil if they can.
    package static var hardwareFault: Fault? {
        switch PerformanceEvent.error(type: 0, config: 1) {
        case 0: nil
        case EACCES, EPERM:
            Fault("only root may count them", remedy: "set kernel.perf_event_paranoid to 2 or less (sysctl)")
        case ENOENT, EOPNOTSUPP, ENODEV:
            Fault("the processor has none, or the virtual machine hides them", remedy: "measure on the machine itself")
        case ENOSYS: Fault("the system was built without them", remedy: "use a kernel with perf events")
        case let code: Fault(String(cString: strerror(code)), remedy: "see perf_event_open(2)")
        }
    }
}

/// An event for the threads of this process: the existing ones and those that they start.
private final class PerformanceEvent {
    private let descriptors: [Int32]

    /// Nil if the system cannot count it for every existing thread.
    init?(type: UInt32, config: UInt64) {
        var opened: [Int32] = []
        for thread in Self.threads {
            let descriptor = assay_count_event(type, config, thread)
            // A thread may have ended since it was listed.
            if descriptor == -ESRCH { continue }
            guard descriptor >= 0 else {
                for other in opened { close(other) }
                return nil
            }
            opened.append(descriptor)
        }
        descriptors = opened
        if opened.isEmpty { return nil }
    }

    deinit { for descriptor in descriptors { close(descriptor) } }

    /// The error of opening the event, or 0.
    static func error(type: UInt32, config: UInt64) -> Int32 {
        let descriptor = assay_count_event(type, config, 0)
        if descriptor >= 0 { close(descriptor) }
        return max(0, -descriptor)
    }

    /// The count of all threads so far, scaled up by the share of time in which the event was counted.
    var count: Double {
        descriptors.reduce(0) { sum, descriptor in
            var reading: (count: UInt64, enabled: UInt64, running: UInt64) = (0, 0, 0)
            guard read(descriptor, &reading, MemoryLayout.size(ofValue: reading)) > 0, reading.running > 0 else {
                return sum
            }
            return sum + Double(reading.count) * (Double(reading.enabled) / Double(reading.running))
        }
    }

    private static var threads: [pid_t] {
        guard let folder = opendir("/proc/self/task") else { return [0] }
        defer { closedir(folder) }
        var threads: [pid_t] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if let thread = pid_t(name) { threads.append(thread) }
        }
        return threads
    }
}

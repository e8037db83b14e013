import Glibc

extension Counter {
    /// Periods in which the control group was throttled because its quota was spent.
    package static let throttled = Counter("throttled")
}

extension CounterGroup {
    package static let throttledPeriods = CounterGroup(
        [.throttled], metrics: [.summed("throttled", "Throttled periods", [.throttled])]
    ) { host in
        guard let file = host.throttlingFile.flatMap(ThrottledPeriods.init) else { return nil }
        return { $0[0] = Double(file.read()) }
    }
}

/// `nr_throttled` from a cgroup's `cpu.stat`. The file is kept open, so that a reading is one system call.
private final class ThrottledPeriods {
    private let descriptor: Int32
    private let buffer: UnsafeMutableRawBufferPointer
    private var last = 0

    /// Nil if the file cannot be opened or has no such line.
    init?(path: String) {
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        // The kernel's file has about ten lines with a word and a number.
        buffer = .allocate(byteCount: 1024, alignment: 1)
        guard descriptor >= 0, let count = parse() else { return nil }
        last = count
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
        buffer.deallocate()
    }

    /// The periods so far; the last known number if the file can no longer be read.
    func read() -> Int {
        if let count = parse() { last = max(last, count) }
        return last
    }

    private func parse() -> Int? {
        let length = pread(descriptor, buffer.baseAddress, buffer.count, 0)
        guard length > 0 else { return nil }
        return number(after: "nr_throttled ", in: UnsafeRawBufferPointer(rebasing: buffer[..<length]))
    }
}

/// The whole number after `label` at the start of a line; skips spaces and tabs before it. Does not allocate.
package func number(after label: StaticString, in text: UnsafeRawBufferPointer) -> Int? {
    let size = label.utf8CodeUnitCount
    var start = 0
    while start + size <= text.count {
        if memcmp(text.baseAddress! + start, label.utf8Start, size) == 0 {
            var digits = text[(start + size)...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            digits = digits.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard !digits.isEmpty, digits.count <= 18 else { return nil }
            return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
        }
        guard let end = text[start...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        start = end + 1
    }
    return nil
}

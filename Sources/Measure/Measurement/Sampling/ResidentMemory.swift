import CPlatform
import Glibc
import Results

/// Resident memory of this process, as /proc/self/status has it, bytes.
///
/// The high-water mark is VmHWM and not wait4's or getrusage's `ru_maxrss`: a child that was made by vfork or posix_spawn
/// inherits in `ru_maxrss` the peak of its parent, since it shared the parent's memory until exec; and VmHWM can be reset.
package enum ResidentMemory {
    /// Resident now (VmRSS); nil where the system does not say.
    package static var current: Int? { status("VmRSS:") }

    /// The most since the process began, or since it was reset (VmHWM).
    package static var peak: Int? { status("VmHWM:") }

    /// Gives freed memory back to the system, so that it no longer counts as resident.
    package static func trim() { assay_trim_heap() }

    /// Sets the peak to what is resident now (proc(5), clear_refs). False where the system does not allow it: then the
    /// peak is that of the whole life of the process.
    package static func resetPeak() -> Bool {
        let descriptor = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return write(descriptor, "5", 1) == 1
    }

    private static func status(_ label: StaticString) -> Int? {
        let descriptor = open("/proc/self/status", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return withUnsafeTemporaryAllocation(byteCount: 8192, alignment: 1) { buffer in
            let length = read(descriptor, buffer.baseAddress, buffer.count)
            guard length > 0 else { return nil }
            return number(after: label, in: UnsafeRawBufferPointer(rebasing: buffer[..<length])).map { $0 * 1024 }
        }
    }
}

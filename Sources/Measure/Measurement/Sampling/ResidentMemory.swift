import CPlatform
import Glibc
import Results

/// Resident memory of this process in bytes, from /proc/self/status.
///
/// The high-water mark is VmHWM and not `ru_maxrss` of wait4 or getrusage. A child made by vfork or posix_spawn
/// inherits its parent's peak in `ru_maxrss`, since it shared the parent's memory until exec. And VmHWM can be reset.
package enum ResidentMemory {
    /// Resident now (VmRSS); nil if the system does not say.
    package static var current: Int? { status("VmRSS:") }

    /// The maximum since the process began, or since the last reset (VmHWM).
    package static var peak: Int? { status("VmHWM:") }

    /// Returns freed memory to the system, so that it no longer counts as resident.
    package static func trim() { assay_trim_heap() }

    /// Sets the peak to the present resident memory (proc(5), clear_refs). Returns false if the system does not allow
    /// it: the peak is then that of the whole life of the process.
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

import Foundation
import Measurement

/// A tree of files that looks like another machine's /proc and /sys; gone with the object.
final class FakeSystem: Sendable {
    let root: URL

    init(_ files: [String: String] = [:]) throws {
        root = FileManager.default.temporaryDirectory.appending(path: "assay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        for (path, text) in files { try write(text, to: path) }
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    func write(_ text: String, to path: String) throws {
        let file = root.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    var files: SystemFiles { SystemFiles(root: root.path) }

    /// A view with these files and no more than what is said here.
    func view(processors: [Int] = [0, 1]) -> SystemView { SystemView(files: files, processors: processors) }
}

extension String {
    /// Every file that any reader opens, for tests that put the same thing into all of them.
    static let systemPaths: [String] = {
        let cache = ["level", "type", "size", "shared_cpu_list"].map {
            "/sys/devices/system/cpu/cpu0/cache/index0/\($0)"
        }
        let groups = [
            "cpu.max", "cpu.stat", "cpu.cfs_quota_us", "cpu.cfs_period_us", "memory.max", "memory.high",
            "memory.current", "memory.stat", "memory.limit_in_bytes", "memory.usage_in_bytes",
        ].map { "/sys/fs/cgroup/\($0)" }
        return cache + groups + [
            "/proc/cpuinfo", "/proc/loadavg", "/proc/meminfo", "/proc/stat", "/proc/self/cgroup",
            "/proc/self/mountinfo", "/proc/self/personality", "/proc/sys/kernel/osrelease",
            "/proc/sys/kernel/randomize_va_space",
            "/sys/devices/system/clocksource/clocksource0/current_clocksource",
            "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor",
            "/sys/devices/system/cpu/cpu0/topology/thread_siblings_list", "/sys/devices/system/cpu/cpufreq/boost",
            "/sys/devices/system/cpu/intel_pstate/no_turbo", "/sys/kernel/mm/transparent_hugepage/enabled",
        ]
    }()

    /// What no reader expects.
    static let garbage = [
        "", "\n\n\n", ":", "::", "-", "-1", "[", "[]", "0x", "cpu", "cpu 1 2", "9223372036854775807",
        "99999999999999999999999 -9223372036854775808", "MemTotal: 9223372036854775807 kB", "0-99999999999", "5-1",
        "0::../../..", "1 2 3:4 / /sys/fs/cgroup rw - cgroup2", "nan inf nan 1/2 3", "0.1 0 0 -9223372036854775808/3 7",
        "9223372036854775807K", "\u{0}\u{FFFF}é\r\n\u{2028}",
        String(repeating: "a:b c-", count: 10_000),
    ]
}

import Measurement
import Testing

@Suite struct ControlGroupTests {
    private static let v2 = [
        "/proc/self/cgroup": "0::/a/b\n",
        "/proc/self/mountinfo": """
        23 1 8:1 / / rw - ext4 /dev/root rw
        30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate
        """,
    ]
    private static let v1 = [
        "/proc/self/cgroup": "5:memory:/job\n4:cpu,cpuacct:/job\n1:name=systemd:/job\n0::/job\n",
        "/proc/self/mountinfo": """
        31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755
        32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct
        35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory
        41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw
        """,
    ]

    private func group(_ base: [String: String], _ more: [String: String]) throws -> (FakeSystem, ControlGroup) {
        let system = try FakeSystem(base.merging(more) { $1 })
        return (system, ControlGroup(system.files))
    }

    @Test func takesTheTightestQuotaOfTheParents() throws {
        let (system, group) = try group(
            Self.v2,
            [
                "/sys/fs/cgroup/a/b/cpu.max": "400000 100000\n", "/sys/fs/cgroup/a/cpu.max": "150000 100000\n",
                "/sys/fs/cgroup/a/b/cpu.stat": "usage_usec 5\nnr_periods 9\nnr_throttled 3\n",
                "/sys/fs/cgroup/a/cpu.stat": "nr_throttled 7\n",
            ])
        withExtendedLifetime(system) {
            #expect(group.quota == 1.5)
            #expect(group.throttledPeriods == 7)
        }
    }

    @Test func maxIsNoQuota() throws {
        let (system, group) = try group(Self.v2, ["/sys/fs/cgroup/a/b/cpu.max": "max 100000\n"])
        withExtendedLifetime(system) {
            #expect(group.quota == nil)
            #expect(group.throttledPeriods == nil)
            #expect(group.memoryAvailable == nil)
        }
    }

    @Test func readsTheFirstVersion() throws {
        let (system, group) = try group(
            Self.v1,
            [
                "/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_quota_us": "50000\n",
                "/sys/fs/cgroup/cpu,cpuacct/job/cpu.cfs_period_us": "100000\n",
                "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "-1\n",
                "/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
                "/sys/fs/cgroup/cpu,cpuacct/job/cpu.stat": "nr_throttled 2\n",
                "/sys/fs/cgroup/memory/job/memory.limit_in_bytes": "1000000\n",
                "/sys/fs/cgroup/memory/job/memory.usage_in_bytes": "700000\n",
                "/sys/fs/cgroup/memory/job/memory.stat": "inactive_file 1\ntotal_inactive_file 200000\n",
            ])
        withExtendedLifetime(system) {
            #expect(group.quota == 0.5)
            #expect(group.throttledPeriods == 2)
            #expect(group.memoryAvailable == 500_000)
        }
    }

    @Test func aContainerSeesItsOwnGroupAtTheMountPoint() throws {
        let (system, group) = try group(
            [
                "/proc/self/cgroup": "3:memory:/docker/1234\n",
                "/proc/self/mountinfo":
                    "35 31 0:32 /docker/1234 /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n",
            ],
            [
                "/sys/fs/cgroup/memory/memory.limit_in_bytes": "900\n",
                "/sys/fs/cgroup/memory/memory.usage_in_bytes": "1000\n",
            ])
        withExtendedLifetime(system) {
            #expect(group.memoryAvailable == 0, "more used than allowed leaves nothing, not less")
            #expect(group.quota == nil)
        }
    }

    @Test func memoryIsTheLeastOfMachineAndGroups() throws {
        let system = try FakeSystem(Self.v2)
        #expect(MemoryBudget.available(system.files) == nil)
        try system.write("MemTotal: 16 kB\nMemAvailable:  8 kB\nHugePages_Total: 0\n", to: "/proc/meminfo")
        #expect(MemoryBudget.available(system.files) == 8192)
        try system.write("9000\n", to: "/sys/fs/cgroup/a/memory.max")
        try system.write("1000\n", to: "/sys/fs/cgroup/a/memory.current")
        #expect(MemoryBudget.available(system.files) == 8000)
        try system.write("7000\n", to: "/sys/fs/cgroup/a/memory.high")
        #expect(MemoryBudget.available(system.files) == 6000)
        try system.write("max\n", to: "/sys/fs/cgroup/a/b/memory.max")
        try system.write("1000\n", to: "/sys/fs/cgroup/a/b/memory.current")
        #expect(MemoryBudget.available(system.files) == 6000)
    }
}

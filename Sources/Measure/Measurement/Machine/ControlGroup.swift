/// The limits of this process's control groups, its own and all above it: v1, v2, or both side by side.
package struct ControlGroup: Sendable {
    /// The groups of one controller, from our own up to the topmost one we can see.
    struct Hierarchy: Sendable {
        let folders: [String]
        let version: Int
    }

    let files: SystemFiles
    let processor: Hierarchy?
    let memory: Hierarchy?

    package init(_ files: SystemFiles) {
        self.files = files
        let mounts = Self.mounts(files)
        let memberships = files.lines("/proc/self/cgroup").compactMap(Membership.init)
        func hierarchy(_ controller: String) -> Hierarchy? {
            // A controller that v1 has taken is not in v2, although v2 still has its line.
            for membership in memberships where membership.controllers.contains(controller) {
                guard let mount = mounts.first(where: { $0.version == 1 && $0.options.contains(controller) }) else {
                    continue
                }
                return Hierarchy(folders: mount.folders(to: membership.path), version: 1)
            }
            guard let membership = memberships.first(where: { $0.controllers.isEmpty }),
                let mount = mounts.first(where: { $0.version == 2 })
            else { return nil }
            return Hierarchy(folders: mount.folders(to: membership.path), version: 2)
        }
        processor = hierarchy("cpu")
        memory = hierarchy("memory")
    }

    /// The number of processors that the tightest quota allows; nil if there is no quota or it cannot be read.
    package var quota: Double? {
        processor?.folders.compactMap { folder -> Double? in
            let quota: Int?
            let period: Int?
            if processor?.version == 2 {
                let words = files.line("\(folder)/cpu.max")?.split(separator: " ") ?? []
                quota = words.first.flatMap { Int($0) }
                period = words.count > 1 ? Int(words[1]) : nil
            } else {
                quota = files.int("\(folder)/cpu.cfs_quota_us")
                period = files.int("\(folder)/cpu.cfs_period_us")
            }
            guard let quota, let period, quota > 0, period > 0 else { return nil }
            return Double(quota) / Double(period)
        }.min()
    }

    /// The `cpu.stat` that counts throttled periods; nil if there is no quota.
    package var throttlingFile: String? {
        guard quota != nil else { return nil }
        return processor?.folders.map { "\($0)/cpu.stat" }.first { files.exists($0) }
    }

    /// Periods in which a group was throttled because its quota was spent; nil if not reported.
    package var throttledPeriods: Int? {
        processor?.folders.compactMap { files.counters("\($0)/cpu.stat")["nr_throttled"] }.max()
    }

    /// Bytes that the tightest group still allows; nil if there is no limit or it cannot be read.
    ///
    /// File pages not used lately do not count as used: the kernel drops them before it refuses memory.
    package var memoryAvailable: Int? {
        guard let memory else { return nil }
        let (limits, usage, reclaimable) =
            memory.version == 2
            ? (["memory.max", "memory.high"], "memory.current", "inactive_file")
            : (["memory.limit_in_bytes"], "memory.usage_in_bytes", "total_inactive_file")
        return memory.folders.compactMap { folder -> Int? in
            guard let limit = limits.compactMap({ files.int("\(folder)/\($0)") }).filter({ $0 >= 0 }).min(),
                let used = files.int("\(folder)/\(usage)"), used >= 0
            else { return nil }
            let dropped = max(files.counters("\(folder)/memory.stat")[reclaimable] ?? 0, 0)
            return max(0, limit - max(0, used - dropped))
        }.min()
    }
}

extension ControlGroup {
    /// A line of /proc/self/cgroup: `4:memory:/a/b`, or `0::/a/b` for v2.
    private struct Membership {
        let controllers: [String]
        let path: String

        init?(_ line: Substring) {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3, fields[2].hasPrefix("/") else { return nil }
            controllers = fields[1].split(separator: ",").map(String.init)
            path = String(fields[2])
        }
    }

    /// Where a hierarchy is mounted.
    private struct Mount {
        /// The group at the mount point: in a container often our own.
        let root: String
        let point: String
        let version: Int
        let options: [String]

        /// The folders from the group at this path up to the mount point.
        func folders(to path: String) -> [String] {
            // For a path outside the mount (another name space), only the mount point can be read.
            let prefix = root == "/" ? "" : root
            let inside = path == prefix || path.hasPrefix(prefix + "/") ? path.dropFirst(prefix.count) : ""
            let names = inside.split(separator: "/")
            guard !names.contains("..") else { return [point] }
            return (0...names.count).reversed().map { ([point] + names[..<$0].map(String.init)).joined(separator: "/") }
        }
    }

    /// From /proc/self/mountinfo: `32 31 0:29 ROOT POINT rw,relatime - cgroup cgroup rw,cpu` (proc(5)).
    private static func mounts(_ files: SystemFiles) -> [Mount] {
        files.lines("/proc/self/mountinfo").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count > 6, let dash = words.dropFirst(5).firstIndex(of: "-"), dash + 3 < words.count,
                let version = ["cgroup": 1, "cgroup2": 2][words[dash + 1]]
            else { return nil }
            return Mount(
                root: String(words[3]), point: String(words[4]), version: version,
                options: words[dash + 3].split(separator: ",").map(String.init))
        }
    }
}

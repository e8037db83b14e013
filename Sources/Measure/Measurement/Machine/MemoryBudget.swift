/// The total memory, and how much of it is free to use.
package enum MemoryBudget {
    /// Bytes this process can use now without swapping or being killed: the minimum of what the machine has available
    /// and what each of our control groups still allows. nil if neither can be read.
    package static func available(_ files: SystemFiles) -> Int? {
        [information(files)["MemAvailable"], ControlGroup(files).memoryAvailable].compactMap(\.self).min()
    }

    /// The lines of /proc/meminfo, in bytes.
    static func information(_ files: SystemFiles) -> [String: Int] {
        var information: [String: Int] = [:]
        for (name, kibibytes) in files.counters("/proc/meminfo") where name.hasSuffix(":") {
            let (bytes, overflow) = kibibytes.multipliedReportingOverflow(by: 1024)
            if !overflow, bytes >= 0 { information[String(name.dropLast())] = bytes }
        }
        return information
    }
}

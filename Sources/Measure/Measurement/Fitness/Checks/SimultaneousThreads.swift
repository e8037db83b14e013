extension Check {
    /// Two threads of one core share its execution units and caches.
    static let simultaneousThreads = Check("smt", "Hardware threads") { system in
        let mine = Set(system.processors)
        var cores: [[Int]: [Int]] = [:]
        for processor in system.processors {
            let path = "/sys/devices/system/cpu/cpu\(processor)/topology/thread_siblings_list"
            guard let siblings = system.files.line(path).flatMap(ProcessorList.parse) else {
                return .unknown("the system does not say which processors share a core")
            }
            cores[siblings.sorted(), default: []].append(processor)
        }
        let total = Figures.count(mine.count, "processor")
        guard cores.count == mine.count else {
            let first = cores.values.compactMap { $0.min() }.sorted().map(String.init).joined(separator: ",")
            return .warning(
                "\(total) are threads of \(Figures.count(cores.count, "core"))",
                remedy: "use one thread of each core: taskset -c \(first)")
        }
        guard cores.keys.contains(where: { !mine.isSuperset(of: $0) }) else { return .ok("\(total), a core each") }
        return .ok("\(total), a core each; another process may use the second thread of a core")
    }
}

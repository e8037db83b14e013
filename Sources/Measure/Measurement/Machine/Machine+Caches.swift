import Results

extension Machine {
    /// The caches of a processor that we may use. If /sys does not list them, those that the C library reports.
    static func caches(of system: SystemView) -> [Cache] {
        let folder = "/sys/devices/system/cpu/cpu\(system.processors.first ?? 0)/cache"
        var caches: [Cache] = []
        var index = 0
        while system.files.exists("\(folder)/index\(index)") {
            if let cache = Cache(in: "\(folder)/index\(index)", system.files) { caches.append(cache) }
            index += 1
        }
        return caches.isEmpty ? system.cacheSizes : caches
    }
}

extension Machine.Cache {
    /// A larger size is an error in the file, and would overflow later computations.
    private static let most = 1 << 40

    /// Fails if the level or the size cannot be read.
    fileprivate init?(in folder: String, _ files: SystemFiles) {
        guard let level = files.int("\(folder)/level"), (1...9).contains(level),
            let bytes = files.line("\(folder)/size").flatMap(Self.bytes), (1...Self.most).contains(bytes)
        else { return nil }
        let sharing = files.line("\(folder)/shared_cpu_list").flatMap(ProcessorList.parse)
        self.init(
            level: level, kind: files.line("\(folder)/type") ?? "Unified", bytes: bytes, sharedBy: sharing?.count ?? 1)
    }

    /// `48K`, `32M` or a plain number.
    private static func bytes(_ text: String) -> Int? {
        let units: [Character: Int] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
        guard let last = text.last, let unit = units[last] else { return Int(text) }
        guard let count = Int(text.dropLast()) else { return nil }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: unit)
        return overflow ? nil : bytes
    }
}

/// The lasting description of a machine. Nothing here changes from day to day, since a folder is named after it.
package struct Machine: Codable, Sendable, Hashable {
    package struct Cache: Codable, Sendable, Hashable {
        package var level: Int
        /// `Data`, `Instruction` or `Unified`, as Linux reports it.
        package var kind: String
        package var bytes: Int
        /// The number of processors that share it.
        package var sharedBy: Int

        package init(level: Int, kind: String, bytes: Int, sharedBy: Int) {
            self.level = level
            self.kind = kind
            self.bytes = bytes
            self.sharedBy = sharedBy
        }
    }

    /// The processor's model name.
    package var processor: String
    /// `x86_64`, `arm64`.
    package var architecture: String
    /// The sets that matter to kernels and that the system has enabled: `avx2`, `fma`, `avx512f` ...
    package var instructionSets: [String]
    package var caches: [Cache]
    /// Logical processors this process may use.
    package var processors: Int
    /// The cgroup's quota in processors, if there is one.
    package var quota: Double?
    package var memoryBytes: Int
    /// The operating system's release.
    package var kernel: String
    /// The compiler that built this program.
    package var toolchain: String

    package init(
        processor: String, architecture: String, instructionSets: [String], caches: [Cache], processors: Int,
        quota: Double?,
        memoryBytes: Int, kernel: String, toolchain: String
    ) {
        self.processor = processor
        self.architecture = architecture
        self.instructionSets = instructionSets
        self.caches = caches
        self.processors = processors
        self.quota = quota
        self.memoryBytes = memoryBytes
        self.kernel = kernel
        self.toolchain = toolchain
    }

    /// Bytes of the largest cache, or nil if the system does not say.
    package var lastLevelCache: Int? { caches.filter { $0.kind != "Instruction" }.map(\.bytes).max() }
}

import CPlatform
import Glibc
import Instructions
import Results

/// The machine as a process sees it. Readers and checks use only this, so that tests can substitute another machine.
package struct SystemView: Sendable {
    package var files: SystemFiles
    package var environment: [String: String]
    /// Numbers of the logical processors that this process may use, ascending.
    package var processors: [Int]
    package var features: ProcessorFeatures
    /// The processor's name as it reports it.
    package var brand: String?
    /// Cache sizes from the C library, for systems that hide /sys.
    package var cacheSizes: [Machine.Cache]
    package var blas: RunHeader.Blas
    /// Whether this program was compiled with optimisation.
    package var optimised: Bool
    /// Why hardware counters cannot be read, and the remedy; nil if they can.
    package var hardwareCounterFault: CounterGroup.Fault?

    package init(
        files: SystemFiles, environment: [String: String] = [:], processors: [Int],
        features: ProcessorFeatures = [], brand: String? = nil, cacheSizes: [Machine.Cache] = [],
        blas: RunHeader.Blas = RunHeader.Blas(core: "", configuration: ""), optimised: Bool = true,
        hardwareCounterFault: CounterGroup.Fault? = nil
    ) {
        self.files = files
        self.environment = environment
        self.processors = processors
        self.features = features
        self.brand = brand
        self.cacheSizes = cacheSizes
        self.blas = blas
        self.optimised = optimised
        self.hardwareCounterFault = hardwareCounterFault
    }

    /// The machine that runs this program.
    package static var current: SystemView {
        SystemView(
            files: SystemFiles(), environment: EnvironmentVariables.all, processors: affinity, features: .current,
            brand: ProcessorFeatures.brand, cacheSizes: cachesOfCLibrary, blas: .linked, optimised: isOptimised,
            hardwareCounterFault: CounterGroup.hardwareFault)
    }

    /// At least one processor, even if the call fails.
    private static var affinity: [Int] {
        var numbers = [Int32](repeating: 0, count: 1 << 13)
        let count = Int(assay_affinity(&numbers, Int32(numbers.count)))
        return count > 0 ? numbers[..<count].map(Int.init) : [0]
    }

    /// Counted as not shared, since this source does not say.
    private static var cachesOfCLibrary: [Machine.Cache] {
        let names: [(level: Int, kind: String, name: Int)] = [
            (1, "Data", Int(_SC_LEVEL1_DCACHE_SIZE)), (2, "Unified", Int(_SC_LEVEL2_CACHE_SIZE)),
            (3, "Unified", Int(_SC_LEVEL3_CACHE_SIZE)),
        ]
        return names.compactMap { level, kind, name in
            let bytes = sysconf(Int32(name))
            return bytes > 0 ? Machine.Cache(level: level, kind: kind, bytes: bytes, sharedBy: 1) : nil
        }
    }

    private static var isOptimised: Bool {
        var asserts = false
        assert(
            {
                asserts = true
                return true
            }())
        return !asserts
    }
}

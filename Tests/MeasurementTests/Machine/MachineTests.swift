import Measurement
import Results
import Testing

@Suite struct MachineTests {
    private static let cache = "/sys/devices/system/cpu/cpu3/cache"
    private static let xeon = [
        "/proc/cpuinfo": """
        processor\t: 0
        model name\t: Intel(R) Xeon(R) Platinum 8375C CPU @ 2.90GHz
        flags\t\t: fpu avx2

        """,
        "/proc/meminfo": "MemTotal:       1024 kB\n",
        "/proc/sys/kernel/osrelease": "6.1.0-42-cloud-amd64\n",
        "\(cache)/index0/level": "1\n", "\(cache)/index0/type": "Data\n", "\(cache)/index0/size": "48K\n",
        "\(cache)/index0/shared_cpu_list": "3,67\n",
        "\(cache)/index1/level": "x\n",
        "\(cache)/index2/level": "3\n", "\(cache)/index2/type": "Unified\n", "\(cache)/index2/size": "54M\n",
        "\(cache)/index2/shared_cpu_list": "0-31,64-95\n",
    ]

    @Test func readsWhatLinuxSays() throws {
        let system = try FakeSystem(Self.xeon)
        let machine = Machine(reading: system.view(processors: [3, 4, 5]))
        #expect(machine.processor == "Intel(R) Xeon(R) Platinum 8375C CPU @ 2.90GHz")
        #expect(machine.processors == 3)
        #expect(machine.memoryBytes == 1 << 20)
        #expect(machine.kernel == "6.1.0-42-cloud-amd64")
        #expect(machine.quota == nil)
        #expect(
            machine.caches == [
                Machine.Cache(level: 1, kind: "Data", bytes: 48 << 10, sharedBy: 2),
                Machine.Cache(level: 3, kind: "Unified", bytes: 54 << 20, sharedBy: 64),
            ])
        #expect(machine.toolchain.hasPrefix("Swift 6"))
    }

    @Test func fallsBackOnWhatOthersSay() throws {
        let system = try FakeSystem()
        var view = system.view()
        #expect(Machine(reading: view).caches.isEmpty)
        #expect(Machine(reading: view).processor == "unknown processor")
        view.brand = "A Processor"
        view.cacheSizes = [Machine.Cache(level: 2, kind: "Unified", bytes: 1 << 20, sharedBy: 1)]
        #expect(Machine(reading: view).caches == view.cacheSizes)
        #expect(Machine(reading: view).processor == "A Processor")
        try system.write("CPU implementer\t: 0x41\nCPU part\t: 0xd0c\n", to: "/proc/cpuinfo")
        view.brand = nil
        #expect(Machine(reading: view).processor == "ARM 0x41 0xd0c")
    }

    @Test(arguments: String.garbage) func garbageNeverCrashes(text: String) throws {
        let system = try FakeSystem(Dictionary(uniqueKeysWithValues: String.systemPaths.map { ($0, text) }))
        let view = system.view()
        let machine = Machine(reading: view)
        #expect(machine.memoryBytes >= 0)
        #expect(!machine.id.isEmpty)
        #expect((MemoryBudget.available(view.files) ?? 0) >= 0)
        #expect(FitnessCatalog.findings(on: view).allSatisfy { !$0.finding.found.isEmpty })
    }

    @Test func aCacheBeyondBeliefIsLeftOut() throws {
        var files = Self.xeon
        files["\(Self.cache)/index2/size"] = "8796093022208K\n"
        let system = try FakeSystem(files)
        #expect(Machine(reading: system.view(processors: [3])).caches.map(\.level) == [1])
    }

    @Test func aFolderIsNotAFile() throws {
        let system = try FakeSystem(["/proc/meminfo/inside": "MemTotal: 1 kB"])
        #expect(system.files.text("/proc/meminfo") == nil)
        #expect(system.files.text("/proc/missing") == nil)
        #expect(system.files.exists("/proc/meminfo"))
    }

    @Test func readsThisMachine() {
        let machine = Machine.current
        #expect(machine.processors >= 1)
        #expect(machine.memoryBytes > 0)
        #expect(!machine.kernel.isEmpty)
        #expect(machine == Machine.current)
    }

    @Test func recordsVariablesThatMatter() {
        let environment = [
            "OPENBLAS_CORETYPE": "Zen", "OMP_NUM_THREADS": "2", "MKL_X": "", "GOTO_NUM_THREADS": "1",
            "ASSAY_ISA": "avx2", "MALLOC_ARENA_MAX": "1", "LD_PRELOAD": "x.so", "PATH": "/bin", "MY_OMP_": "1",
        ]
        let relevant = EnvironmentVariables.relevant(in: environment)
        #expect(Set(relevant.keys) == Set(environment.keys).subtracting(["PATH", "MY_OMP_"]))
        #expect(EnvironmentVariables.all["PATH"] != nil)
    }

    @Test func asksTheNumericalLibrary() {
        #expect(!RunHeader.Blas.linked.core.isEmpty)
        #expect(RunHeader.Blas.linked.configuration.contains("OpenBLAS"))
    }
}

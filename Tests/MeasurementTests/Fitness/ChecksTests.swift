import Instructions
import Measurement
import Results
import Testing

/// A machine, a check, and what it must find there.
private struct Case: Sendable, CustomTestStringConvertible {
    let check: String
    let status: Finding.Status
    /// What the finding must hold.
    let found: String
    var files: [String: String] = [:]
    var processors = [0, 1]
    var change: @Sendable (inout SystemView) -> Void = { _ in }

    var testDescription: String { "\(check) is \(status): \(found)" }
}

@Suite struct ChecksTests {
    private static let cpu = "/sys/devices/system/cpu"
    private static let clock = "/sys/devices/system/clocksource/clocksource0/current_clocksource"
    private static let pages = "/sys/kernel/mm/transparent_hugepage/enabled"
    private static let siblings = "topology/thread_siblings_list"
    private static let mount = "30 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n"

    private static func group(_ max: String, throttled: Int) -> [String: String] {
        [
            "/proc/self/cgroup": "0::/\n", "/proc/self/mountinfo": mount, "/sys/fs/cgroup/cpu.max": max,
            "/sys/fs/cgroup/cpu.stat": "nr_throttled \(throttled)\n",
        ]
    }

    private static func stat(steal: Int) -> [String: String] {
        ["/proc/stat": "cpu  1000 0 0 \(9000 - steal) 0 0 0 \(steal) 0 0\ncpu0 1 0 0 1 0 0 0 0 0 0\nintr 5\n"]
    }

    private static func blas(_ core: String, avx512: Bool = true, forced: String? = nil)
        -> @Sendable (inout SystemView) -> Void
    {
        { view in
            view.blas.core = core
            view.features = (avx512 ? InstructionSet.avx512 : .avx2).features
            view.environment = forced.map { ["OPENBLAS_CORETYPE": $0] } ?? [:]
        }
    }

    private static let cases: [Case] = [
        Case(check: "build", status: .ok, found: "optimisation"),
        Case(check: "build", status: .warning, found: "debug", change: { $0.optimised = false }),

        Case(check: "load", status: .ok, found: "0.1 on 2", files: ["/proc/loadavg": "0.10 0.2 0.3 1/90 7\n"]),
        Case(check: "load", status: .warning, found: "1.5", files: ["/proc/loadavg": "1.50 0.2 0.3 1/90 7\n"]),
        Case(
            check: "load", status: .warning, found: "2 other tasks",
            files: ["/proc/loadavg": "0.00 0.2 0.3 3/90 7\n"]),
        Case(
            check: "load", status: .ok, found: "on 8 processors",
            files: [
                "/proc/loadavg": "1.50 0.2 0.3 2/90 7\n",
                "/proc/stat": "cpu  1 0 0 1 0 0 0 0\n" + (0..<8).map { "cpu\($0) 1 0 0 1 0 0 0 0\n" }.joined(),
            ]),
        Case(check: "load", status: .unknown, found: "cannot", files: ["/proc/loadavg": "high\n"]),

        Case(check: "cgroup", status: .ok, found: "no quota", files: group("max 100000\n", throttled: 0)),
        Case(check: "cgroup", status: .ok, found: "quota of 2", files: group("200000 100000\n", throttled: 0)),
        Case(check: "cgroup", status: .warning, found: "1.5 of 2", files: group("150000 100000\n", throttled: 0)),
        Case(check: "cgroup", status: .warning, found: "in 4 periods", files: group("200000 100000\n", throttled: 4)),
        Case(check: "cgroup", status: .warning, found: "no quota now", files: group("max 100000\n", throttled: 1)),

        Case(check: "steal", status: .ok, found: "no hypervisor", files: stat(steal: 0)),
        Case(
            check: "steal", status: .ok, found: "a virtual machine, 0 %",
            files: stat(steal: 0).merging(["/proc/cpuinfo": "flags : fpu hypervisor avx\n"]) { $1 }),
        Case(check: "steal", status: .ok, found: "0.1 %", files: stat(steal: 10)),
        Case(check: "steal", status: .warning, found: "10 %", files: stat(steal: 1000)),
        Case(check: "steal", status: .unknown, found: "cannot", files: ["/proc/stat": "cpu 1 2 -3\n"]),

        Case(
            check: "governor", status: .ok, found: "performance",
            files: ["\(cpu)/cpu0/cpufreq/scaling_governor": "performance\n"]),
        Case(
            check: "governor", status: .warning, found: "performance, powersave",
            files: [
                "\(cpu)/cpu0/cpufreq/scaling_governor": "performance\n",
                "\(cpu)/cpu1/cpufreq/scaling_governor": "powersave\n",
            ]),

        Case(check: "turbo", status: .ok, found: "off", files: ["\(cpu)/intel_pstate/no_turbo": "1\n"]),
        Case(check: "turbo", status: .warning, found: "on", files: ["\(cpu)/intel_pstate/no_turbo": "0\n"]),
        Case(check: "turbo", status: .ok, found: "off", files: ["\(cpu)/cpufreq/boost": "0\n"]),
        Case(check: "turbo", status: .warning, found: "on", files: ["\(cpu)/cpufreq/boost": "1\n"]),

        Case(
            check: "smt", status: .ok, found: "a core each",
            files: ["\(cpu)/cpu0/\(siblings)": "0\n", "\(cpu)/cpu1/\(siblings)": "1\n"]),
        Case(
            check: "smt", status: .warning, found: "2 processors are threads of 1 core",
            files: ["\(cpu)/cpu0/\(siblings)": "0-1\n", "\(cpu)/cpu1/\(siblings)": "0-1\n"]),
        Case(
            check: "smt", status: .ok, found: "second thread",
            files: ["\(cpu)/cpu0/\(siblings)": "0,2\n", "\(cpu)/cpu1/\(siblings)": "1,3\n"]),

        Case(check: "blas_core", status: .ok, found: "SkylakeX", change: blas("SkylakeX")),
        Case(check: "blas_core", status: .ok, found: "Haswell", change: blas("Haswell", avx512: false)),
        Case(
            check: "blas_core", status: .warning, found: "OPENBLAS_CORETYPE=haswell forces",
            change: blas("Haswell", forced: "haswell")),
        Case(check: "blas_core", status: .warning, found: "does not know", change: blas("Zen")),
        Case(check: "blas_core", status: .warning, found: "Prescott", change: blas("Prescott", avx512: false)),
        Case(
            check: "blas_core", status: .warning, found: "which need avx512f and avx512bw",
            change: blas("SkylakeX", avx512: false, forced: "SKYLAKEX")),
        Case(
            check: "blas_core", status: .warning, found: "which need fma4",
            change: blas("Bulldozer", forced: "Bulldozer")),
        Case(check: "blas_core", status: .unknown, found: "'Riscv'", change: blas("Riscv")),

        Case(check: "blas_variables", status: .ok, found: "none", change: blas("Haswell", forced: "Haswell")),
        Case(
            check: "blas_variables", status: .warning, found: "OMP_NUM_THREADS=1, OPENBLAS_L2_SIZE=512",
            change: { $0.environment = ["OPENBLAS_L2_SIZE": "512", "OMP_NUM_THREADS": "1", "HOME": "/"] }),

        Case(
            check: "memory", status: .ok, found: "8 GiB", files: ["/proc/meminfo": "MemAvailable: 8388608 kB\n"]),
        Case(
            check: "memory", status: .warning, found: "512 MiB", files: ["/proc/meminfo": "MemAvailable: 524288 kB\n"]),

        Case(
            check: "swap", status: .ok, found: "none", files: ["/proc/meminfo": "SwapTotal: 0 kB\nSwapFree: 0 kB\n"]),
        Case(
            check: "swap", status: .ok, found: "0 MiB",
            files: ["/proc/meminfo": "SwapTotal: 2048 kB\nSwapFree: 2048 kB\n"]),
        Case(
            check: "swap", status: .warning, found: "1 MiB of 2 MiB",
            files: ["/proc/meminfo": "SwapTotal: 2048 kB\nSwapFree: 1024 kB\n"]),

        Case(check: "huge_pages", status: .ok, found: "madvise", files: [pages: "always [madvise] never\n"]),
        Case(check: "huge_pages", status: .ok, found: "always", files: [pages: "[always] madvise never\n"]),
        Case(check: "huge_pages", status: .warning, found: "never", files: [pages: "always madvise [never]\n"]),
        Case(check: "huge_pages", status: .unknown, found: "cannot", files: [pages: "always madvise never\n"]),

        Case(check: "aslr", status: .ok, found: "off", files: ["/proc/sys/kernel/randomize_va_space": "0\n"]),
        Case(check: "aslr", status: .note, found: "on", files: ["/proc/sys/kernel/randomize_va_space": "2\n"]),
        Case(
            check: "aslr", status: .ok, found: "this process",
            files: ["/proc/sys/kernel/randomize_va_space": "2\n", "/proc/self/personality": "00040000\n"]),

        Case(check: "clock", status: .ok, found: "tsc", files: [clock: "tsc\n"]),
        Case(check: "clock", status: .warning, found: "hpet", files: [clock: "hpet\n"]),

        Case(check: "perf", status: .ok, found: "are counted"),
        Case(
            check: "perf", status: .note, found: "only root may",
            change: { $0.hardwareCounterFault = CounterGroup.Fault("only root may", remedy: "allow it") }),
    ]

    @Test(arguments: cases) fileprivate func finds(_ example: Case) throws {
        let system = try FakeSystem(example.files)
        var view = system.view(processors: example.processors)
        example.change(&view)
        let check = try #require(FitnessCatalog.checks.first { $0.name == example.check })
        let finding = check.run(view)
        #expect(finding.status == example.status)
        #expect(finding.found.contains(example.found), "\(finding.found)")
        #expect((finding.remedy != nil) == [.warning, .note].contains(example.status))
    }

    @Test func everyCheckIsTried() {
        #expect(Set(Self.cases.map(\.check)) == Set(FitnessCatalog.checks.map(\.name)))
    }
}

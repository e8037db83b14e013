import Comparison
import Foundation
import Testing

private enum Toolchain {
    static let found: (compiler: String, linker: String)? = {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        func find(_ name: String) -> String? {
            folders.map { "\($0)/\(name)" }.first { FileManager.default.isExecutableFile(atPath: $0) }
        }
        guard let compiler = find("clang"), let linker = find("ld.lld") else { return nil }
        return (compiler, linker)
    }()
}

/// Programs as a compiler and a linker make them, of which one has more code than the other. Swift brings both; where they
/// are not on the path there is nothing to test.
@Suite(.enabled(if: Toolchain.found != nil)) struct CompiledProgramTests {
    static let kernels = """
        static float table[64];
        const double coefficients[3] = {1.5, 2.25, 3.125};
        extern int other(int);
        static __attribute__((noinline)) float local(float x) { return x * 3.7f + table[3]; }
        float kernel(float *p, int n) {
            float s = 0;
            for (int i = 0; i < n; i++) s += local(p[i]) * 1.2345f;
            return s + other(n) + (float)coefficients[n & 1];
        }
        int choose(int x) {
            switch (x) {
            case 0: return other(4);
            case 1: return 17;
            case 2: return other(9);
            case 3: return 99;
            case 4: return other(2) * 3;
            case 5: return 1234;
            case 6: return other(77);
            }
            return 5;
        }
        #ifdef MORE
        static __attribute__((noinline)) float second(float x) { return x * 31.7f + table[5]; }
        double more(double x) { return x * 9.87654321 + 1.1111; }
        float third(float x) { return second(x) + local(x); }
        #endif
        """

    static let start = """
        #ifdef MORE
        int before(int x) { return x * 77 + 4; }
        double constants(double x) { return x * 2.718281828 + 1.41421; }
        #endif
        int other(int x) { return x * x + ADDEND; }
        extern float kernel(float *, int);
        extern int choose(int);
        void start(void) {
            float f[4] = {1, 2, 3, 4};
            kernel(f, 4);
            choose(3);
        }
        """

    private func run(_ program: String, _ arguments: [String], in folder: URL) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(program) \(arguments)")
    }

    private func build(_ target: String, _ flags: [String], order: [String], in folder: URL) throws -> ProgramCode {
        let tools = try #require(Toolchain.found)
        for (name, text) in [("kernels", Self.kernels), ("start", Self.start)] {
            try Data(text.utf8).write(to: folder.appendingPathComponent("\(name).c"))
            try run(
                tools.compiler,
                ["--target=\(target)-linux-gnu", "-O2", "-fPIE", "-ffreestanding"] + flags
                    + ["-c", "\(name).c", "-o", "\(name).o"], in: folder)
        }
        try run(tools.linker, ["-pie", "-e", "start", "--emit-relocs", "-o", "program"] + order, in: folder)
        return try ProgramCode(Data(contentsOf: folder.appendingPathComponent("program")), path: "program")
    }

    @Test(arguments: ["x86_64", "aarch64"]) func onlyWhatChangedDiffers(_ target: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("assay-compiled-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let base = try build(target, ["-DADDEND=1"], order: ["kernels.o", "start.o"], in: folder)
        let more = try build(target, ["-DADDEND=1", "-DMORE"], order: ["start.o", "kernels.o"], in: folder)
        let other = try build(target, ["-DADDEND=2", "-DMORE"], order: ["start.o", "kernels.o"], in: folder)
        #expect(base.functions.count == 5)

        var identity = CodeIdentity(Both(base: base, head: more))
        #expect(identity.comparePrograms() == .differs(["before", "constants", "more", "second", "third"]))
        identity = CodeIdentity(Both(base: more, head: other))
        #expect(identity.comparePrograms() == .differs(["other"]))
        #expect(more.isSameProgram(as: more) && !more.isSameProgram(as: other))
    }
}

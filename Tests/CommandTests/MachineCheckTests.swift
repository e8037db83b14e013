import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// What this machine cannot do is said before anything is measured.
@Suite struct MachineCheckTests {
    let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Workspace.small, to: "Suites/small.yaml")
    }

    /// Runs on the first of this process's processors alone.
    private func runOnOneProcessor(_ arguments: String) async throws -> (code: TerminationStatus, errors: String) {
        let script = """
            first=$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')
            exec taskset -c "$first" '\(Program.path)' \(arguments)
            """
        let result = try await Turns.ofPrograms.take {
            try await Subprocess.run(
                .path("/bin/sh"), arguments: ["-c", script],
                environment: .inherit.updating(["XDG_CACHE_HOME": "\(workspace.path)/cache"]),
                workingDirectory: FilePath(workspace.path), output: .discarded, error: .string(limit: 1 << 16))
        }
        return (result.terminationStatus, result.standardError)
    }

    @Test func moreThreadsThanProcessorsIsAWarning() async throws {
        let result = try await runOnOneProcessor("run small --filter nothing --threads 2 --no-report")
        #expect(result.code == .exited(0))
        #expect(result.errors.contains("warning: 2 threads are more than the 1 processor that this process may use"))
        let one = try await runOnOneProcessor("run small --filter nothing --threads 1 --no-report")
        #expect(!one.errors.contains("threads are more"))
    }

    @Test func pinningWhatCannotBePinnedIsAnError() async throws {
        let result = try await runOnOneProcessor("run small --filter nothing --threads 2 --pin --no-report")
        #expect(result.code == .exited(64))
        #expect(result.errors.contains("error: --pin: 2 threads are more than the 1 processor"))
        #expect(workspace.runFiles.isEmpty)
    }

    /// What would end the runtime itself, or make it wait for ever.
    @Test(arguments: [("ulimit -n 8", "only 8 files may be open"), ("ulimit -v 600000", "MiB of memory may be mapped")])
    func limitsThatAreTooLowAreSaid(limit: String, words: String) async throws {
        let result = try await Turns.ofPrograms.take {
            try await Subprocess.run(
                .path("/bin/sh"), arguments: ["-c", "\(limit); exec '\(Program.path)' list suites"],
                workingDirectory: FilePath(workspace.path), output: .discarded, error: .string(limit: 1 << 16))
        }
        #expect(result.terminationStatus == .exited(3))
        #expect(result.standardError.contains(words), "\(result.standardError)")
    }

    #if arch(x86_64)
        /// No processor of the last ten years has FMA4; OpenBLAS would die of its first instruction.
        @Test func kernelsThatTheProcessorCannotRunAreRefused() async throws {
            let result = try await workspace.run(
                "run", "small", "--no-report", environment: ["OPENBLAS_CORETYPE": "Bulldozer"])
            #expect(result.code == 64)
            #expect(result.errors.contains("error: OPENBLAS_CORETYPE: OpenBLAS is forced to run its Bulldozer kernels"))
            #expect(workspace.runFiles.isEmpty)
        }
    #endif
}

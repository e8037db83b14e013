import Testing

/// What this machine cannot do is said before anything is measured.
@Suite struct MachineCheckTests {
    let workspace: Workspace

    init() throws {
        workspace = try Workspace()
        try workspace.write(Workspace.small, to: "Suites/small.yaml")
    }

    /// Runs on the first of this process's processors alone.
    private func runOnOneProcessor(_ arguments: String) async throws -> Program.Result {
        try await Program.script(
            """
            first=$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')
            exec taskset -c "$first" "$ASSAY" \(arguments)
            """, in: workspace.path)
    }

    @Test func moreThreadsThanProcessorsIsAWarning() async throws {
        let result = try await runOnOneProcessor("run small --filter nothing --threads 2 --no-report")
        #expect(result.code == 0)
        #expect(result.errors.contains("warning: 2 threads are more than the 1 processor that this process may use"))
        let one = try await runOnOneProcessor("run small --filter nothing --threads 1 --no-report")
        #expect(!one.errors.contains("threads are more"))
    }

    @Test func pinningWhatCannotBePinnedIsAnError() async throws {
        let result = try await runOnOneProcessor("run small --filter nothing --threads 2 --pin --no-report")
        #expect(result.code == 64)
        #expect(result.errors.contains("error: --pin: 2 threads are more than the 1 processor"))
        #expect(workspace.runFiles.isEmpty)
    }

    /// What would end the runtime itself, or make it wait for ever.
    @Test(arguments: [("ulimit -n 8", "only 8 files may be open"), ("ulimit -v 600000", "MiB of memory may be mapped")])
    func limitsThatAreTooLowAreSaid(limit: String, words: String) async throws {
        let result = try await Program.script("\(limit); exec \"$ASSAY\" list suites", in: workspace.path)
        #expect(result.code == 3)
        #expect(result.errors.contains(words), "\(result.errors)")
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

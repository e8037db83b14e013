import Kernels
import Results
import Running
import Testing
import Workloads

@Suite struct AllocationTests {
    /// Every kernel's example by every implementation that we write: what is prepared must not ask for memory again.
    @Test func `no kernel allocates when it runs`() async throws {
        let workspace = try Workspace()
        let cases = KernelCatalog.kernels.flatMap { kernel in
            Catalog.implementations(of: kernel).flatMap { implementation in
                let threads = if case .any = implementation.threading { [1, 3] } else { [1] }
                return threads.map { threads in
                    "--case=\(kernel.schema.name)[\(kernel.schema.example)]/\(implementation.name)/f32/t\(threads)"
                }
            }
        }
        let result = try await Program.run(["run", "--samples", "5"] + cases, in: workspace.path)
        #expect(result.code == 0, "\(result.errors)")
        let records = try RunFileReader.read(workspace.path + "/" + workspace.runFile()).records
        #expect(records.count == cases.count)
        for record in records where !["openblas", "reference"].contains(record.implementation) {
            #expect(record.memory?.allocations == 0, "\(record.case)")
        }
        // Were nothing counted, the reference would allocate nothing either: it keeps rows of sums.
        #expect(records.contains { $0.implementation == "reference" && $0.memory?.allocations ?? 0 > 0 })
    }
}

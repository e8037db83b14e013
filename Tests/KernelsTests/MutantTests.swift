import Kernels
import Mutants
import Settings
import Testing
import Workloads

/// The table of faults that `make mutants` plants.
@Suite struct MutantTests {
    /// The kernel or model of a mutant's case.
    private func kind(_ mutant: Mutant) -> String { String(mutant.caseName.prefix { $0 != "[" && $0 != "/" }) }

    @Test func everyKernelOfOursHasOne() throws {
        let kinds = Set(Mutant.allCases.map(kind))
        for kernel in KernelCatalog.kernels where kernel.schema.name != Null.schema.name {
            #expect(try hasNative(kernel) == kinds.contains(kernel.schema.name), "\(kernel.schema.name)")
        }
    }

    private func hasNative(_ kernel: Kind) throws -> Bool {
        try workload(kernel, kernel.schema.example).implementations.contains { $0.name == "native" }
    }

    @Test(arguments: Mutant.allCases) func saysWhatAndWhere(mutant: Mutant) throws {
        #expect(mutant.rawValue == "\(mutant.caseName): \(mutant.fault)")
        #expect(!mutant.fault.isEmpty && mutant.caseName.contains("]/"))
        guard let kernel = KernelCatalog.kernels.first(where: { $0.schema.name == kind(mutant) }) else { return }
        try expectImplementation(of: kernel, mutant.caseName)
    }

    /// The shape is one of the kernel, which has the implementation that the case names.
    private func expectImplementation(of kernel: Kind, _ name: String) throws {
        let shape = try #require(name.firstMatch(of: /\[(.*)\]\/([a-z0-9-]+)(\/([a-z0-9]+))?/))
        let element = ElementType(rawValue: String(shape.output.4 ?? "f32")) ?? .f32
        let implementations = try workload(kernel, String(shape.output.1), element).implementations
        let found = try #require(implementations.first { $0.name == shape.output.2 }, "\(name)")
        #expect(found.unsupported == nil, "\(name)")
    }

    /// A program that people run has no faults to plant.
    @Test func nothingIsPlanted() {
        #expect(Mutant.allCases.allSatisfy { !planted($0) && slip($0) == 0 })
    }
}

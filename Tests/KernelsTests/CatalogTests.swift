import Kernels
import Testing
import Workloads

@Suite struct CatalogTests {
    @Test func namesAreUniqueAndSorted() {
        let names = KernelCatalog.kernels.map { $0.schema.name }
        #expect(names == Set(names).sorted())
    }

    @Test func wordsAreUnique() {
        for kernel in KernelCatalog.kernels {
            let words = kernel.schema.words + kernel.schema.parameters.filter { $0.key != $0.word }.map(\.key)
            #expect(Set(words).count == words.count, "\(kernel.schema.name): \(words)")
        }
    }
}

import Foundation
import Networks
import Testing
import Workloads

@Suite struct ModelTests {
    @Test func `names are unique and sorted`() {
        let names = ModelCatalog.models.map { $0.schema.name }
        #expect(names == Set(names).sorted())
    }

    /// The example is what help shows and what a newcomer tries first: every layer native, and every layer with BLAS, against
    /// every layer in plain loops.
    @Test(arguments: ModelCatalog.models.map { ($0.schema.name, $0.schema.example) })
    func `every example is computed right`(name: String, example: String) throws {
        try expectAgreement(name, example, threads: name.hasPrefix("resnet18") ? [1, 2, 3, 7] : [1])
    }
}

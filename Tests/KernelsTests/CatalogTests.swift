import Foundation
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

    /// A kernel is one file, or a folder, and one line in the catalog: the folder says which lines there must be.
    @Test func everyKernelInTheFolderIsInTheCatalog() throws {
        let declared = try sources().flatMap { text in
            text.matches(of: /Schema\(\s*"([a-z0-9_]+)"/).map { String($0.output.1) }
        }
        #expect(declared.sorted() == KernelCatalog.kernels.map { $0.schema.name })
    }

    /// What is allocated by another way is not told, and no limit of memory knows of it.
    @Test func kernelsHaveTheirMemoryFromTheirWorkspace() throws {
        for text in try sources() { #expect(!text.contains(/try Tensor\(/), "\(text.prefix(300))") }
    }

    /// The text of each file of the folder.
    private func sources() throws -> [String] {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/Define/Kernels")
        let files = try #require(FileManager.default.enumerator(atPath: folder.path)).compactMap { $0 as? String }
        return try files.filter { $0.hasSuffix(".swift") }.map {
            try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8)
        }
    }

    @Test func everyShorthandSetsParametersThatThereAre() {
        for kernel in KernelCatalog.kernels {
            let keys = kernel.schema.parameters.map(\.key)
            for shorthand in kernel.schema.shorthands {
                #expect(shorthand.keys.allSatisfy(keys.contains), "\(kernel.schema.name): \(shorthand.word)")
            }
        }
    }

    /// The example is what help shows and what a newcomer tries first.
    @Test func everyExampleIsComputedRightByEveryImplementation() throws {
        for kernel in KernelCatalog.kernels { try expectExample(kernel) }
    }

    private func expectExample(_ kernel: Kind) throws {
        for element in kernel.schema.elements {
            try expectAgreement(kernel, kernel.schema.example, element)
            let typed = try workload(kernel, kernel.schema.example, element)
            #expect(!typed.implementations.isEmpty && typed.element == element)
            // Structures of graphs are whole numbers, whatever the type of what travels over them.
            let inputs = typed.operands.filter { $0.role == .input && $0.element != .i32 }
            #expect(inputs.isEmpty || inputs.contains { $0.element == element })
        }
    }
}

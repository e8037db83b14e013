import Foundation
import Running
import Testing

/// The suites of the repository, as users get them.
@Suite struct CheckedInSuitesTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Suites").path
    static let library = SuiteLibrary(folder: folder)

    @Test func theNamesThatUsersKnowAreThere() {
        let names = Set(Self.library.names)
        #expect(
            names.isSuperset(of: [
                "quick", "grouped-conv", "depthwise", "spmm", "attention", "messages", "norms", "yardstick",
                "mobilenets", "resnets", "resnext", "reparam", "networks", "convnext", "retinanet", "deeplab",
            ]))
    }
}

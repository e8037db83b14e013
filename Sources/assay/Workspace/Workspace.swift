import ArgumentParser
import Foundation
import Reports
import Results
import Running

/// Where suites, results and reports are: this folder or the nearest above it that has `Suites`.
struct Workspace {
    let root: String

    static var current: Workspace {
        let start = FileManager.default.currentDirectoryPath
        var folder = URL(fileURLWithPath: start)
        while folder.path != "/" {
            if FileManager.default.fileExists(atPath: folder.appendingPathComponent("Suites").path) {
                return Workspace(root: folder.path == start ? "." : folder.path)
            }
            folder.deleteLastPathComponent()
        }
        return Workspace(root: ".")
    }

    var suites: SuiteLibrary { SuiteLibrary(folder: path("Suites")) }
    var results: String { path("Results") }
    var reports: String { path("Reports") }

    private func path(_ name: String) -> String { root == "." ? name : "\(root)/\(name)" }
}

extension PlotVocabulary {
    /// The words of the plots and metrics that this program has.
    static let all = PlotVocabulary(
        kinds: PlotCatalog.kinds.map { $0.name }, metrics: MetricCatalog.metrics.map { $0.name })
}

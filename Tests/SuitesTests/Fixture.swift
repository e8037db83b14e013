import Foundation
import Running

/// Words that the suites of these tests may use for plots.
let vocabulary = PlotVocabulary(kinds: ["bars", "lines"], metrics: ["latency", "macs"])

/// Plans the text of a suite as if it were `t.yaml`, alone in its folder.
func plan(_ text: String, overrides: PlanOverrides = PlanOverrides()) throws -> Plan {
    let suite = try SuiteReader.read(text, name: "t", path: "t.yaml")
    let plan = try Planner(overrides: overrides).plan(.init(root: suite, suites: [suite]))
    try vocabulary.check(plan)
    return plan
}

/// The error that planning a suite ends with, or nil.
func planError(_ text: String, overrides: PlanOverrides = PlanOverrides()) -> SuiteError? {
    do {
        _ = try plan(text, overrides: overrides)
        return nil
    } catch {
        return error as? SuiteError
    }
}

/// A folder that is gone when the test is over.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "assay-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
    }
}

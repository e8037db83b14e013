import Foundation
import Reports
import Results
import Running
import Workloads

/// Runs of the checked-in suites with figures made up: some cases above any roof, some with few samples, one that failed.
enum PlannedRuns {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Suites").path
    static var suites: [String] { SuiteLibrary(folder: folder).names }

    static func run(of suite: String) throws -> Run {
        let vocabulary = PlotVocabulary(
            kinds: PlotCatalog.kinds.map { $0.name }, metrics: MetricCatalog.metrics.map(\.name))
        let plan = try Planner().plan(SuiteLibrary(folder: folder).load(suite))
        try vocabulary.check(plan)
        var run = Synthetic.run(plan.cases.enumerated().map { record($1, number: $0) }, suite: suite)
        run.header.suite.plots = plan.suite.plots
        return run
    }

    private static func record(_ item: Case, number: Int) -> Record {
        var record = Synthetic.record(item.label)
        record.costs = CountedCosts(Costs(item.workload))
        // From far below any roof to eight times above it.
        let rate = 234e9 * pow(2, Double(number * 7 % 16) - 12)
        let seconds = max(Double(record.costs.flops), 1e3) / rate
        record = Synthetic.record(
            item.label, name: item.workloadName, implementation: item.implementation.name, threads: item.threads,
            parameters: item.parameters, seconds: seconds, samples: [40, 4, 1, 7, 300][number % 5], seed: number)
        record.costs = CountedCosts(Costs(item.workload))
        record.case = item.name
        return number == 3 ? Synthetic.unmeasured(record, .timeout, "no answer") : record
    }
}

import ArgumentParser
import Results
import Running
import Workloads

/// Which cases to use. Shared by `show` and `run`.
struct Selection: ParsableArguments {
    @Option(
        name: .customLong("case"), parsing: .singleValue,
        help: "Choose a case by its name, as failures print it. Can be repeated.")
    var cases: [String] = []

    @OptionGroup var filter: FilterOptions

    @Option(
        name: .customLong("implementation"), parsing: .singleValue,
        help: "Choose only this implementation. Can be repeated.")
    var implementations: [String] = []

    @Option(help: "Use this many threads instead of the suite's.")
    var threads: Int?

    @OptionGroup var graph: GraphOptions

    func validate() throws {
        try ThreadCount.check(threads)
    }

    /// The plans of the suites, and one more of the cases named alone.
    func plans(of suites: [String]) throws -> [Plan] {
        let overrides = PlanOverrides(
            implementations: try checkedImplementations(), threads: threads, models: graph.overrides)
        let planner = Planner(overrides: overrides)
        var plans = try suites.map { name in
            let plan = try planner.plan(Workspace.current.suites.load(name))
            try PlotVocabulary.all.check(plan)
            return plan
        }
        if !cases.isEmpty {
            let named = try cases.flatMap { try planner.cases(named: $0) }
            plans.append(Plan(suite: .init(name: "case", title: "Cases by name", files: [], plots: []), cases: named))
        }
        try graph.check(plans.flatMap(\.cases))
        let all = plans.enumerated().flatMap { index, plan in plan.cases.map { (plan: index, item: $0) } }
        let chosen = try filter.choose(from: all) { ($0.item.name, $0.item.label) }
        for index in plans.indices { plans[index].cases = chosen.filter { $0.plan == index }.map(\.item) }
        Diagnostics.warn(ofUnusual: plans.flatMap(\.cases))
        return plans.filter { !$0.cases.isEmpty }
    }

    /// A name that no kernel knows is an error, not an empty choice.
    private func checkedImplementations() throws -> [String] {
        // Knowing them all takes making every model: time that only a name to check is worth.
        guard !implementations.isEmpty else { return [] }
        let known = Catalog.all.implementationNames
        for name in implementations where !known.contains(name) {
            throw SuiteError(
                "no kernel has an implementation '\(name)'", at: Place(file: "--implementation"),
                remedy: Spelling.suggestion(for: name, among: known))
        }
        return implementations
    }
}

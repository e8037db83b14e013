import Results
import Settings
import Workloads

/// Turns a `Suite` into a `Plan`: expands sweeps, resolves names, checks shapes, removes duplicates.
package struct Planner: Sendable {
    let catalog: Catalog
    let overrides: PlanOverrides

    /// More cases than this are taken for a mistake in a sweep.
    static let mostCases = 100_000

    package init(catalog: Catalog = .all, overrides: PlanOverrides = PlanOverrides()) {
        self.catalog = catalog
        self.overrides = overrides
    }

    /// The plan of a suite and everything it includes.
    package func plan(_ loaded: SuiteLibrary.Loaded) throws(SuiteError) -> Plan {
        try count(loaded.suites)
        var gathering = Gathering()
        for suite in loaded.suites {
            for entry in suite.entries {
                for shape in try shapes(of: entry, defaults: suite.defaults) {
                    for item in try cases(of: shape, entry: entry, defaults: suite.defaults) {
                        try gathering.add(item, at: entry.label?.place ?? entry.place)
                    }
                }
            }
        }
        let plots = loaded.suites.flatMap(\.plots)
        let root = loaded.root
        guard !gathering.cases.isEmpty else {
            throw SuiteError(
                overrides.implementations.isEmpty
                    ? "the suite has no cases" : "no case has the requested implementation",
                at: Place(file: root.path),
                remedy: overrides.implementations.isEmpty
                    ? "list kernels under 'cases:'" : "see `assay list kernels` for what each has")
        }
        return Plan(
            suite: RunHeader.Suite(
                name: root.name, title: root.title, files: loaded.suites.map { .init(path: $0.path, text: $0.text) },
                plots: plots.map(\.content)),
            sampling: root.defaults.sampling, cases: gathering.cases, plots: plots, isWhole: overrides.isEmpty)
    }

    /// The cases that a full or partial name stands for: one per implementation that it leaves open, and one for the
    /// reference if requested. Errors point at `place`.
    package func cases(
        named text: String, withReference: Bool = false, at place: Place = Place(file: "--case")
    ) throws(SuiteError) -> [Case] {
        do throws(ShapeError) {
            let name = try CaseName(parsing: text)
            let (word, kind) = try catalog.find(name.workload)
            if let ranks = name.setting.ranks, ranks > 1 {
                throw ShapeError("no implementation computes in \(ranks) processes", remedy: "leave out '/r\(ranks)'")
            }
            let given = overrides.applied(to: name.given, kind: word)
            let workload = try kind.workload(from: given, element: name.setting.element ?? .f32)
            let chosen = name.setting.implementation.map { [$0] } ?? overrides.implementations
            let threads = overrides.threads ?? name.setting.threads ?? 1
            var asked = name.setting
            asked.threads = threads
            let implementations =
                chosen.isEmpty && withReference
                ? catalog.implementations(of: workload, under: asked) : try choose(chosen, of: workload, under: asked)
            let shape = WrittenShape(kind: word, workload: workload, given: given)
            let label = shape.defaultLabel
            return implementations.map { shape.item($0, threads: threads, label: label) }
        } catch {
            throw overrides.blamed(for: error) ?? SuiteError(error, at: place)
        }
    }
}

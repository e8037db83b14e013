import Results
import Workers
import Workloads

/// What this program knows of cases before anything runs.
struct CaseListing {
    let task: ListTask
    let catalog: Catalog

    /// Throws what is wrong with the suite. A name that is unknown is not wrong: it is missing in what is returned.
    func listing() throws(SuiteError) -> Listing {
        let planner = Planner(
            catalog: catalog, overrides: PlanOverrides(threads: task.threads))
        var listing = Listing()
        if let suite = task.suite {
            let plan = try planner.plan(SuiteLibrary(folder: "Suites").load(suite))
            listing.title = plan.suite.title
            listing.cases = plan.cases.map(ListedCase.init)
        }
        for name in task.names {
            // One without an implementation stands for several.
            if let found = try? planner.cases(named: name), found.count == 1 {
                listing.named[name] = ListedCase(found[0])
            }
        }
        return listing
    }
}

extension ListedCase {
    /// What is known of a case before it runs.
    package init(_ item: Case) {
        self.init(
            name: item.name, label: item.label, kind: item.kind, workload: item.workloadName,
            parameters: item.parameters, setting: item.setting,
            costs: CountedCosts(Costs(item.workload)), unsupported: item.unsupported,
            bytes: item.memoryNeed(coldBeyond: nil))
    }
}

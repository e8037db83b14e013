import Results
import Workers
import Workloads

/// What this program knows about cases before anything runs.
struct CaseListing {
    let task: ListTask
    let catalog: Catalog

    /// Throws if the suite is faulty. An unknown name is not an error: it is left out of the result.
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
            // A name without an implementation stands for several cases.
            if let found = try? planner.cases(named: name), found.count == 1 {
                listing.named[name] = ListedCase(found[0])
            }
        }
        return listing
    }
}

extension ListedCase {
    /// Describes a case before it runs.
    package init(_ item: Case) {
        self.init(
            name: item.name, label: item.label, kind: item.kind, workload: item.workloadName,
            parameters: item.parameters, setting: item.setting,
            costs: CountedCosts(Costs(item.workload)), unsupported: item.unsupported,
            bytes: item.memoryNeed(coldBeyond: nil))
    }
}

import Workloads

/// Collects cases in order, without duplicates. A label may belong to only one shape.
struct Gathering {
    var cases: [Case] = []
    private var names: Set<String> = []
    private var shapes: [String: String] = [:]

    mutating func add(_ item: Case, at place: Place) throws(SuiteError) {
        let shape = item.workload.name
        guard shapes[item.label] == nil || shapes[item.label] == shape else {
            throw SuiteError(
                "the label '\(item.label)' is used for two shapes, \(shapes[item.label] ?? "") and \(shape)", at: place,
                remedy: "give each its own, or name a swept parameter in it, as in {groups}")
        }
        guard names.insert(item.name).inserted else { return }
        guard cases.count < Planner.mostCases else { throw Planner.tooManyCases(at: place) }
        shapes[item.label] = shape
        cases.append(item)
    }
}

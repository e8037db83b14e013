import Workloads

extension Planner {
    /// A shape's cases: its implementations, each on every number of threads.
    func cases(of shape: WrittenShape, entry: Suite.Entry, defaults: Suite.Defaults) throws(SuiteError) -> [Case] {
        let label: String
        do throws(ShapeError) {
            label =
                try entry.label.map { (text) throws(ShapeError) in try Label.expand(text.content, with: shape.words) }
                ?? shape.defaultLabel
        } catch {
            throw SuiteError(error, at: entry.label?.place ?? entry.place)
        }
        let implementations = try implementations(of: shape, entry: entry, defaults: defaults)
        let threads = overrides.threads.map { [$0] } ?? (entry.threads ?? defaults.threads)?.map(\.content) ?? [1]
        return implementations.flatMap { implementation in
            threads.map { shape.item(implementation, threads: $0, label: label) }
        }
    }

    private func implementations(
        of shape: WrittenShape, entry: Suite.Entry, defaults: Suite.Defaults
    ) throws(SuiteError) -> [Implementation] {
        let workload = shape.workload
        var chosen: [Implementation] = workload.implementations
        if let named = entry.implementations {
            chosen = try named.map { (word) throws(SuiteError) in
                do throws(ShapeError) {
                    return try choose([word.content], of: workload)[0]
                } catch {
                    throw SuiteError(error, at: word.place)
                }
            }
        } else if let common = defaults.implementations {
            // A default names what each kernel may have; a kernel that has none of it would vanish without a word.
            chosen = workload.allImplementations.filter { item in common.contains { $0.content == item.name } }
            guard !chosen.isEmpty else {
                let names = workload.allImplementations.map(\.name).joined(separator: ", ")
                throw SuiteError(
                    "\(shape.schema.name) has none of the suite's default implementations", at: entry.place,
                    remedy: "choose of \(names) with 'implementations:' in this case")
            }
        }
        guard !overrides.implementations.isEmpty else { return chosen }
        return (entry.implementations == nil ? workload.allImplementations : chosen).filter {
            overrides.implementations.contains($0.name)
        }
    }

    /// The implementations of these names; without names, all but the reference.
    func choose(_ names: [String], of workload: any Workload) throws(ShapeError) -> [Implementation] {
        guard !names.isEmpty else { return workload.implementations }
        let all = workload.allImplementations
        return try names.map { (name) throws(ShapeError) in
            guard let found = all.first(where: { $0.name == name }) else {
                throw ShapeError(
                    "\(workload.schema.name) has no implementation '\(name)'",
                    remedy: Spelling.suggestion(for: name, among: all.map(\.name)))
            }
            return found
        }
    }
}

import OrderedCollections
import Settings
import Workloads

extension Planner {
    /// The cases of a shape: each implementation with each number of threads.
    func cases(of shape: WrittenShape, entry: Suite.Entry, defaults: Suite.Defaults) throws(SuiteError) -> [Case] {
        let label: String
        do throws(ShapeError) {
            label =
                try entry.label.map { (text) throws(ShapeError) in try Label.expand(text.content, with: shape.words) }
                ?? shape.defaultLabel
        } catch {
            throw SuiteError(error, at: entry.label?.place ?? entry.place)
        }
        let threads = overrides.threads.map { [$0] } ?? (entry.threads ?? defaults.threads)?.map(\.content) ?? [1]
        let chosen = try threads.map { (threads) throws(SuiteError) in
            try implementations(of: shape, under: Setting.Given(threads: threads), entry: entry, defaults: defaults)
        }
        let names = OrderedSet(chosen.joined().map(\.name))
        return names.flatMap { name in
            zip(threads, chosen).compactMap { threads, offered in
                offered.first { $0.name == name }.map { shape.item($0, threads: threads, label: label) }
            }
        }
    }

    private func implementations(
        of shape: WrittenShape, under setting: Setting.Given, entry: Suite.Entry, defaults: Suite.Defaults
    ) throws(SuiteError) -> [Implementation] {
        let workload = shape.workload
        let all = catalog.implementations(of: workload, under: setting)
        var chosen = catalog.contestants(of: workload, under: setting)
        if let named = entry.implementations {
            chosen = try named.filter { !isOfAnotherType($0.content, of: workload, under: setting, in: entry) }
                .map { (word) throws(SuiteError) in
                    do throws(ShapeError) {
                        return try choose([word.content], of: workload, under: setting)[0]
                    } catch {
                        throw SuiteError(error, at: word.place)
                    }
                }
            guard !chosen.isEmpty else {
                let names = all.map(\.name).joined(separator: ", ")
                throw SuiteError(
                    "\(shape.schema.name) has no implementation of \(workload.element) among those that are named",
                    at: entry.place, remedy: "leave the type out, or name one of \(names)")
            }
        } else if let common = defaults.implementations {
            // Defaults list what each kernel may have. A kernel with none of them would be left out silently.
            chosen = all.filter { item in common.contains { $0.content == item.name } }
            guard !chosen.isEmpty else {
                let names = all.map(\.name).joined(separator: ", ")
                throw SuiteError(
                    "\(shape.schema.name) has none of the suite's default implementations", at: entry.place,
                    remedy: "choose from \(names) with 'implementations:' in this case")
            }
        }
        guard !overrides.implementations.isEmpty else { return chosen }
        return (entry.implementations == nil ? all : chosen).filter {
            overrides.implementations.contains($0.name)
        }
    }

    /// Whether an implementation exists for another element type that the entry requests, but not for the workload's.
    private func isOfAnotherType(
        _ name: String, of workload: any Workload, under setting: Setting.Given, in entry: Suite.Entry
    ) -> Bool {
        func has(_ element: ElementType) -> Bool {
            var arguments = workload.arguments
            arguments.element = element
            guard let typed = try? workload.kind.workload(arguments) else { return false }
            return catalog.implementations(of: typed, under: setting).contains { $0.name == name }
        }
        return entry.elements?.contains { has($0.content) } == true && !has(workload.element)
    }

    /// The implementations with these names; if there are none, all except the reference.
    func choose(
        _ names: [String], of workload: any Workload, under setting: Setting.Given
    ) throws(ShapeError) -> [Implementation] {
        guard !names.isEmpty else { return catalog.contestants(of: workload, under: setting) }
        let all = catalog.implementations(of: workload, under: setting)
        return try names.map { (name) throws(ShapeError) in
            guard let found = all.first(where: { $0.name == name }) else {
                throw ShapeError(
                    "\(workload.schema.name) has no implementation '\(name)'"
                        + (workload.element == .f32 ? "" : " of \(workload.element)"),
                    remedy: Spelling.suggestion(for: name, among: all.map(\.name)))
            }
            return found
        }
    }
}

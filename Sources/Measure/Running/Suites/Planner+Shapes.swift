import Settings
import Workloads

extension Planner {
    /// Every shape of an entry in every element type: the expanded sweep, whose size was checked before.
    func shapes(of entry: Suite.Entry, defaults: Suite.Defaults) throws(SuiteError) -> [WrittenShape] {
        let kind: Kind
        do throws(ShapeError) {
            kind = try catalog.find(entry.name.content, among: [entry.kind]).kind
        } catch {
            throw SuiteError(error, at: entry.name.place)
        }
        var combinations: [[(word: Suite.Placed<String>, value: Suite.Placed<String>)]] = [entry.with]
        for axis in entry.sweep {
            combinations = combinations.flatMap { chosen in axis.values.map { chosen + [(axis.word, $0)] } }
        }
        let elements = try elements(of: entry, kind, defaults: defaults)
        let settings = combinations.flatMap { chosen in elements.map { (chosen, $0) } }
        return try settings.map { (chosen, element) throws(SuiteError) in
            let given = overrides.applied(
                to: chosen.map { Schema.Given($0.word.content, $0.value.content) }, kind: entry.kind)
            do throws(ShapeError) {
                return WrittenShape(
                    kind: entry.kind, workload: try kind.workload(from: given, element: element.content), given: given)
            } catch {
                let fault =
                    error.parameter == ShapeError.element
                    ? element.place : place(of: error, in: chosen, schema: kind.schema)
                throw overrides.blamed(for: error) ?? SuiteError(error, at: fault ?? entry.place)
            }
        }
    }

    /// The requested element types; of the suite's defaults, only those that the kernel supports.
    private func elements(
        of entry: Suite.Entry, _ kind: Kind, defaults: Suite.Defaults
    ) throws(SuiteError) -> [Suite.Placed<ElementType>] {
        if let own = entry.elements { return own }
        guard let common = defaults.elements else { return [Suite.Placed(content: .f32, place: entry.place)] }
        let known = common.filter { kind.schema.elements.contains($0.content) }
        guard known.isEmpty else { return known }
        let names = kind.schema.elements.map(\.rawValue).joined(separator: ", ")
        throw SuiteError(
            "\(kind.name) has none of the suite's default elements", at: entry.place,
            remedy: "choose from \(names) with 'elements:' in this case")
    }

    /// Where the faulty parameter was written: its value, or its word if the word is unknown.
    private func place(
        of error: ShapeError, in chosen: [(word: Suite.Placed<String>, value: Suite.Placed<String>)], schema: Schema
    ) -> Place? {
        guard let fault = error.parameter else { return nil }
        let parameter = schema.parameter(fault)
        let known = schema.words.contains(fault) || parameter != nil
        let written =
            chosen.first {
                $0.word.content == fault || $0.word.content == parameter?.key || $0.word.content == parameter?.word
            }
            ?? chosen.first { pair in
                guard let parameter else { return false }
                return schema.shorthands.contains { $0.word == pair.word.content && $0.keys.contains(parameter.key) }
            }
        return known ? written?.value.place : written?.word.place
    }
}

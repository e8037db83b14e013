import Workloads

extension Planner {
    /// Every shape of an entry: its sweep multiplied out, which was counted before.
    func shapes(of entry: Suite.Entry) throws(SuiteError) -> [WrittenShape] {
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
        return try combinations.map { (chosen) throws(SuiteError) in
            let given = overrides.applied(
                to: chosen.map { Schema.Given($0.word.content, $0.value.content) }, kind: entry.kind)
            do throws(ShapeError) {
                return WrittenShape(
                    kind: entry.kind, workload: try kind.workload(from: given), given: given)
            } catch {
                throw overrides.blamed(for: error)
                    ?? SuiteError(error, at: place(of: error, in: chosen, schema: kind.schema) ?? entry.place)
            }
        }
    }

    /// Where the parameter at fault was written: its value, or the word itself if that is unknown.
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

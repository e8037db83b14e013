import ArgumentParser
import Results
import Running

/// Chooses cases by patterns, in every command that has cases.
struct FilterOptions: ParsableArguments {
    @Option(
        parsing: .singleValue,
        help: ArgumentHelp(
            "Choose cases whose label or name matches this regular expression. Can be repeated: any match counts.",
            valueName: "pattern"))
    var filter: [String] = []

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Leave out cases that match this regular expression. Can be repeated.", valueName: "pattern")
    )
    var exclude: [String] = []

    /// Finds bad patterns before anything is built or measured.
    func validate() throws {
        do {
            _ = try CaseFilter(filter, excluding: exclude)
        } catch {
            throw ValidationError(placed(error, remedy: "").description)
        }
    }

    /// Of all cases those that are asked for; says how many on standard error. Throws if a pattern finds none.
    /// - Parameters:
    ///   - names: the name and the label of each.
    ///   - listing: a command that shows names and labels.
    ///   - quietly: says nothing.
    func choose<Item>(
        from items: [Item], listing: String = "assay show SUITE", quietly: Bool = false,
        by names: (Item) -> (name: String, label: String)
    ) throws(SuiteError) -> [Item] {
        do throws(PatternError) {
            let filter = try CaseFilter(filter, excluding: exclude)
            guard !filter.isEmpty else { return items }
            let chosen = try filter.choose(from: items, by: names)
            if !quietly { Diagnostics.say("\(chosen.count) of \(items.count) case\(items.count == 1 ? "" : "s")") }
            return chosen
        } catch {
            throw placed(error, remedy: "see `\(listing)` for names and labels")
        }
    }

    private func placed(_ error: PatternError, remedy: String) -> SuiteError {
        let option = filter.contains(error.pattern) ? "--filter" : "--exclude"
        return SuiteError(error.message, at: Place(file: option), remedy: error.remedy ?? remedy)
    }

    /// Whether no pattern was given.
    var isEmpty: Bool { filter.isEmpty && exclude.isEmpty }

    /// What was asked for by the names of the options, as run files keep it.
    var recorded: [String: String] {
        [("filter", filter), ("exclude", exclude)].reduce(into: [:]) { recorded, option in
            if !option.1.isEmpty { recorded[option.0] = option.1.joined(separator: "\n") }
        }
    }
}

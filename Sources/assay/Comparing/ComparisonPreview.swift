import Comparison
import Running
import Workers
import Workloads

/// Finds out before anything is built what cannot be compared: suites and cases that neither side has, filters that choose
/// nothing. What only the programs of the two sides can tell passes.
struct ComparisonPreview {
    let arguments: ComparisonArguments
    let repository: Repository
    /// Both sides, or the only one.
    let revisions: [Revision]

    /// Throws what is wrong.
    /// - Parameter suites: as `ComparisonArguments.suites` gives them.
    func check(_ suites: [String]) throws {
        let found = try suites.map { try cases(of: $0) } + arguments.cases.map { try cases(named: $0) }
        let known = found.compactMap { $0 }
        // One that only the sides can read may hold what the filter wants.
        guard known.count == found.count else { return }
        var names: Set<String> = []
        _ = try arguments.chosen(known.flatMap { $0 }.filter { names.insert($0.name).inserted }, quietly: true)
    }

    /// The cases of a suite on all sides, as this program understands it; nil if it does not.
    private func cases(of suite: String) throws -> [ComparedCase]? {
        guard !suite.hasPrefix("/") else {
            let loaded = try Workspace.current.suites.load(suite)
            return plan { try $0.plan(loaded).cases }
        }
        let having = try revisions.filter { try repository.suites(of: $0).contains(suite) }
        guard !having.isEmpty else {
            let names = try Set(revisions.flatMap { try repository.suites(of: $0) }).sorted()
            throw ComparisonError.usage(
                revisions.count == 1 ? "there is no suite '\(suite)'" : "neither side has a suite '\(suite)'",
                remedy: Spelling.suggestion(for: suite, among: names))
        }
        let folders = try having.map { try repository.folder(ofSuitesOf: $0) }
        return plan { planner in
            try folders.flatMap { try planner.plan(SuiteLibrary(folder: "\($0)/Suites").load(suite)).cases }
        }
    }

    private func plan(_ cases: (Planner) throws -> [Case]) -> [ComparedCase]? {
        (try? cases(Planner(overrides: PlanOverrides(threads: arguments.threads))))?.map(
            Self.compared)
    }

    /// The case of a name; nil if this program does not know it, and a side may.
    private func cases(named name: String) throws -> [ComparedCase]? {
        let planner = Planner()
        let reason: String
        let remedy: String
        do throws(SuiteError) {
            let cases = try planner.cases(named: name)
            if cases.count == 1 { return cases.map(Self.compared) }
            reason = "it does not name an implementation"
            remedy = "choose one of " + cases.map(\.implementation.name).joined(separator: ", ")
        } catch {
            (reason, remedy) = (error.message, error.remedy)
        }
        let words = Catalog.all.unknownWords(in: name)
        let mayBeKnown = try revisions.contains { revision in
            try words.allSatisfy { try repository.sources(of: revision, hold: $0) }
        }
        guard words.isEmpty || !mayBeKnown else { return nil }
        throw ComparisonError.usage("neither side knows a case '\(name)': \(reason)", remedy: remedy)
    }

    private static func compared(_ item: Case) -> ComparedCase {
        let listed = ListedCase(item)
        return ComparedCase(suite: "", sides: Both(base: listed, head: listed))
    }
}

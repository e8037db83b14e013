import Results
import Workers

/// Finds the cases that two programs' suites have in common, even if the programs write the names differently.
package struct CaseMatching {
    let contenders: Both<Contender>
    /// Lists the cases if neither side can: this very program.
    let stranger: () throws -> Contender
    let interrupted: () -> Bool

    package init(
        contenders: Both<Contender>, stranger: @escaping () throws -> Contender,
        interrupted: @escaping () -> Bool = { false }
    ) {
        self.contenders = contenders
        self.stranger = stranger
        self.interrupted = interrupted
    }

    /// The cases of a suite.
    package struct Matched: Sendable {
        package let title: String
        package let cases: [ComparedCase]
    }

    /// The head's cases in order, followed by those that only the base has in its suite.
    ///
    /// A case that one side's suite leaves out is still common if that side's program knows the name. Throws if neither
    /// side has the suite.
    package func cases(of suite: String, threads: Int? = nil) throws -> Matched {
        let listings = try Both { side -> Listing? in
            guard contenders[side].takesTurns else { return nil }
            do {
                return try contenders[side].list(suite: suite, threads: threads, interrupted: interrupted)
            } catch let failure as Failure {
                // The other side may have it.
                guard side == .base, contenders.head.takesTurns else { throw Self.error(failure) }
                return Listing()
            }
        }
        let base = listings.base?.cases
        let head = try listings.head?.cases ?? (base == nil ? foreign(suite, threads: threads) : nil)
        let title = listings.head?.title ?? listings.base?.title ?? suite
        var (found, taken): ([ComparedCase], Set<String>) = ([], [])
        let known = try resolved(head ?? [], by: .base, suite: suite)
        for item in head ?? [] {
            let counterpart = known[item.name]
            if let counterpart { taken.insert(counterpart.name) }
            found.append(ComparedCase(suite: suite, sides: Both(base: counterpart, head: item)))
        }
        let left = (base ?? []).filter { !taken.contains($0.name) }
        let others = try resolved(left, by: .head, suite: suite)
        for item in left {
            // A head that renamed a parameter knows the base's name of a case, but the base does not know the head's.
            if let head = others[item.name],
                let place = found.firstIndex(where: { $0.sides.base == nil && $0.sides.head?.name == head.name })
            {
                found[place].sides.base = item
            } else {
                found.append(ComparedCase(suite: suite, sides: Both(base: item, head: others[item.name])))
            }
        }
        return Matched(title: title, cases: found)
    }

    /// The cases with these names, which may omit parts with defaults. Throws if neither side knows one.
    package func cases(named names: [String]) throws -> Matched {
        var found: [ComparedCase] = []
        for name in names {
            let sides = try Both { side -> ListedCase? in
                guard contenders[side].takesTurns else { return nil }
                return try contenders[side].list(names: [name], interrupted: interrupted).named[name]
            }
            guard let item = try sides.head ?? sides.base ?? stranger().list(names: [name]).named[name] else {
                throw ComparisonError.usage(
                    "neither side knows a case '\(name)'",
                    remedy: "write the whole name, with its implementation: see assay show")
            }
            found.append(
                ComparedCase(
                    suite: "case",
                    sides: try Both { side in
                        try sides[side] ?? resolved([item], by: side)[item.name]
                    }))
        }
        return Matched(title: "Cases by name", cases: found)
    }

    /// What a side calls the other side's cases, by the other's names. A program of protocol 1 is assumed to know all
    /// cases by the same names; measuring will show.
    private func resolved(_ cases: [ListedCase], by side: Side, suite: String? = nil) throws -> [String: ListedCase] {
        guard !cases.isEmpty else { return [:] }
        guard contenders[side].takesTurns else {
            let costs = suite.map(contenders[side].costs) ?? [:]
            return Dictionary(
                cases.map { item in
                    var item = item
                    item.costs = item.name.split(separator: "/").first.flatMap { costs[String($0)] }
                    return (item.name, item)
                }
            ) { first, _ in first }
        }
        var found: [String: ListedCase] = [:]
        // A request is one line that must fit into the buffer of a child that has not read yet.
        for start in stride(from: 0, to: cases.count, by: Self.mostNames) {
            let names = cases[start..<min(start + Self.mostNames, cases.count)].map(\.name)
            found.merge(try contenders[side].list(names: names, interrupted: interrupted).named) { first, _ in first }
        }
        return found
    }

    private static let mostNames = 100

    private func foreign(_ suite: String, threads: Int?) throws -> [ListedCase] {
        do {
            return try stranger().list(suite: suite, threads: threads, interrupted: interrupted).cases
        } catch let failure as Failure { throw Self.error(failure) }
    }

    /// A program's message about an unreadable suite already has the place and the remedy.
    private static func error(_ failure: Failure) -> ComparisonError {
        .usage(failure.message, remedy: "the suites of a revision are those in its own tree")
    }
}

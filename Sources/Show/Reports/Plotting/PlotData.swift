import Results
import Settings

/// The data for the plots of one suite: the records of all its runs, in a fixed order.
package struct PlotData: Sendable {
    package let runs: [Run]
    package let entries: [Entry]
    /// Styles for all records, regardless of filters, so that all pictures agree.
    let styles: Styles

    package init(_ runs: [Run]) {
        let runs = runs.sorted { $0.id < $1.id }
        let all = runs.flatMap { run in
            let seconds = RunFigures(run).profiled
            return run.records.map { Entry(run: run, record: $0, profiled: seconds[$0.case]) }
        }
        styles = Styles(
            implementations: Set(all.map(\.record.implementation)), kernels: Self.ordered(all.map(\.kernel)))
        self.runs = runs
        entries = all
    }

    private init(runs: [Run], entries: [Entry], styles: Styles) {
        self.runs = runs
        self.entries = entries
        self.styles = styles
    }

    /// The same with only the cases that a request selects.
    package func filtered(by request: PlotRequest) throws(ReportProblem) -> PlotData {
        var chosen: [Entry] = []
        do throws(PatternError) {
            let filter = try request.filter()
            for entry in entries where try filter.matches(name: entry.record.case, label: entry.record.label) {
                chosen.append(entry)
            }
        } catch {
            throw ReportProblem("the plot's filter: \(error.message)", remedy: error.remedy ?? "fix the suite")
        }
        guard !chosen.isEmpty else {
            let patterns = request.filters + request.exclude.map { "not \($0)" }
            throw ReportProblem(
                "the plot's filter '\(patterns.joined(separator: ", "))' matches no case",
                remedy: "choose a part of a name")
        }
        return PlotData(runs: runs, entries: chosen, styles: styles)
    }

    /// The suite's name.
    var suite: String { runs.first?.header.suite.name ?? "" }

    /// The words that can be an axis or distinguish series: attributes first, then sorted parameters.
    var words: [String] { Entry.attributes + Set(entries.flatMap { $0.record.parameters.keys }).sorted() }

    /// The words that distinguish the runs: machines, and commits only if a machine has several.
    var origins: [String] {
        let commits = Dictionary(grouping: runs, by: \.machine).values.map { Set($0.map(\.commit)).count }
        return (commits.count > 1 ? ["machine"] : []) + (commits.contains { $0 > 1 } ? ["commit"] : [])
    }

    /// Throws if no case has this word of a request.
    func check(word: String) throws(ReportProblem) {
        guard !words.contains(word) else { return }
        throw ReportProblem(
            "no case has '\(word)' to plot by", remedy: "choose one of " + words.joined(separator: ", "))
    }

    /// The metric that a request names, or the default.
    func metric(_ name: String?, default fallback: Metric) throws(ReportProblem) -> Metric {
        guard let name else { return fallback }
        if let metric = MetricCatalog.metric(named: name) { return metric }
        let names = MetricCatalog.metrics.map(\.name).joined(separator: ", ")
        throw ReportProblem("there is no metric '\(name)' to plot", remedy: "choose one of " + names)
    }

    /// The values of a word in order of appearance; sorted if all are numbers.
    func values(of word: String) -> [String] { Self.ordered(entries.compactMap { $0[word] }) }

    /// Distinct texts in order of appearance; sorted if all are numbers.
    static func ordered(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        let distinct = texts.filter { seen.insert($0).inserted }
        let numbers = distinct.compactMap(Double.init)
        guard numbers.count == distinct.count, numbers.allSatisfy(\.isFinite) else { return distinct }
        return zip(distinct, numbers).sorted { $0.1 < $1.1 }.map(\.0)
    }

    /// Groups entries by a text, in the order of `ordered`.
    static func grouped(
        _ entries: [Entry], by name: (Entry) -> String
    ) -> [(name: String, entries: [Entry])] {
        let names = entries.map(name)
        let groups = Dictionary(grouping: zip(names, entries), by: \.0)
        return ordered(names).map { name in (name, (groups[name] ?? []).map(\.1)) }
    }

    /// The suite's title, the machines and what all cases share, for the second line of a title.
    var subject: String {
        var parts = [runs.first.map { $0.header.suite.title.isEmpty ? suite : $0.header.suite.title } ?? ""]
        parts += Self.ordered(runs.map(\.header.machine.processor))
        let threads = values(of: "threads")
        if let only = threads.first, threads.count == 1 { parts.append(only == "1" ? "1 thread" : "\(only) threads") }
        let implementations = values(of: "implementation")
        if let only = implementations.first, implementations.count == 1 { parts.append(only) }
        return parts.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// The same for one panel, with what distinguishes it from others.
    func subject(of panel: Grouping.Panel) -> String {
        subject + (panel.title.isEmpty ? "" : " · \(panel.title)")
    }

    /// The file name of a plot without extension: suite, kind, x, metric unless it is latency, and a number if needed.
    func fileName(_ kind: String, _ x: String, _ metric: Metric, part: Int?) -> String {
        FileName.stem([
            suite, kind, x, metric.name == Metric.latency.name ? "" : metric.name, part.map(String.init) ?? "",
        ])
    }

    /// How many of these cases are missing from a picture and why, in words; empty if none are.
    /// - Parameter others: further reasons why measured cases are missing from this picture, each with a count.
    static func missing(of entries: [Entry], others: [(count: Int, reason: String)] = []) -> [String] {
        let counts =
            [
                (count: entries.count { $0.record.status == .failed }, reason: "failed"),
                (count: entries.count { $0.record.status == .skipped }, reason: "skipped"),
            ] + others
        let parts = counts.filter { $0.count > 0 }.map { "\($0.count) \($0.reason)" }
        guard !parts.isEmpty else { return [] }
        return ["Not shown, of \(entries.count) case\(entries.count == 1 ? "" : "s"): " + parts.joined(separator: ", ")]
    }

    /// Why measured cases have no figure, each reason with its count: a time of zero, or no `subject`.
    static func without(_ subject: String, _ entries: [Entry]) -> [(count: Int, reason: String)] {
        let timeless = entries.count(where: \.isTimeless)
        return [(timeless, "with a time of zero"), (entries.count - timeless, "without \(subject)")]
    }

    var missing: [String] { Self.missing(of: entries) }
}

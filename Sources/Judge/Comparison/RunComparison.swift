import Foundation
import Results
import Statistics
import Workers

/// Compares two run files case by case. Each side was measured separately, in one process per case.
///
/// The ratio of the medians has the interval of `MedianRatio`, which assumes neither a distribution nor pairs. It does
/// not cover differences between processes and hours: reliable verdicts come from `assay compare` of two commits.
package enum RunComparison {
    package static func judgement(of runs: Both<Run>, options: ComparisonOptions) -> Judgement {
        let records = runs.map { run in
            Dictionary(run.records.map { ($0.case, $0) }) { _, later in later }
        }
        let order = runs.head.records.map(\.case) + runs.base.records.map(\.case).filter { records.head[$0] == nil }
        let pairs = order.map { name in records.map { $0[name] } }
        let ratios = pairs.map { pair -> MedianRatio? in
            guard let base = pair.base?.latencies, let head = pair.head?.latencies else { return nil }
            return MedianRatio(base, head, confidence: options.confidence)
        }
        let pValues = Holm.adjusted(ratios.compactMap { $0?.pValue(beyond: options.logMargin) })
        var left = pValues[...]
        let cases = zip(pairs, ratios).map { pair, ratio in
            let time = ratio.map {
                RatioEstimate(ratio: $0.ratio, interval: $0.interval, pValue: left.removeFirst(), options: options)
            }
            return judgement(of: pair, time: time, runs: runs)
        }
        return Judgement(
            header: header(of: runs, options: options), isPaired: false, cases: cases, notes: notes(on: runs))
    }

    private static func judgement(of pair: Both<Record?>, time: RatioEstimate?, runs: Both<Run>) -> CaseJudgement {
        var medians: Both<Double>?
        if let base = pair.base?.latencies?.median, let head = pair.head?.latencies?.median {
            medians = Both(base: base, head: head)
        }
        var range: ClosedRange<Double>?
        if let base = pair.base?.latencies, let head = pair.head?.latencies,
            base.minimum > 0, base.maximum.isFinite, head.maximum.isFinite
        {
            range = head.minimum / base.maximum...head.maximum / base.minimum
        }
        var changes: [MetricChange] = []
        if let base = pair.base, let head = pair.head {
            changes = MetricChange.exact(base: base.facts, head: head.facts)
        }
        return CaseJudgement(
            item: ComparedCase(suite: runs.head.header.suite.name, sides: pair.map { $0.map(ListedCase.init) }),
            observations: pair.map { $0?.samples?.seconds.count ?? 0 }, time: time, range: range,
            medians: time == nil ? nil : medians,
            changes: time == nil ? [] : changes, outcome: time == nil ? outcome(of: pair, runs: runs) : nil)
    }

    private static func outcome(of pair: Both<Record?>, runs: Both<Run>) -> CaseOutcome {
        guard let base = pair.base else { return .oneSided(.head) }
        guard let head = pair.head else { return .oneSided(.base) }
        if head.status == .skipped, base.status == .skipped {
            return .unsupported(head.failure?.message ?? "skipped")
        }
        for (side, record) in [(Side.head, head), (.base, base)] where record.status == .failed {
            return .failed(SideFailure(side, record.failure ?? Failure(.error, "no figure")))
        }
        guard head.status == .measured, base.status == .measured else {
            return .oneSided(head.status == .measured ? .head : .base)
        }
        let timeless = Side.allCases.filter { pair[$0]?.latencies?.median == 0 }.map { runs[$0].path }
        return .incomparable(
            "its median time is zero in \(timeless.joined(separator: " and ")): there is no ratio of a time of zero")
    }

    private static func header(of runs: Both<Run>, options: ComparisonOptions) -> ComparisonHeader {
        let head = runs.head.header
        return ComparisonHeader(
            started: head.started, assay: head.assay,
            suites: [ComparisonHeader.Suite(name: head.suite.name, title: head.suite.title)],
            sides: runs.map { run in
                ComparedProgram(
                    revision: run.path, commit: run.header.commit, subject: "", build: "", protocolVersion: 0)
            }, options: options, machine: head.machine, environment: head.environment, warnings: head.warnings)
    }

    /// A note that both runs are of the same program, if they are: no difference is then due to the program.
    package static func sameProgram(_ runs: Both<Run>) -> String? {
        let headers = runs.map(\.header)
        if let base = headers.base.sources, let head = headers.head.sources, base != head { return nil }
        guard let commit = headers.base.commit, commit == headers.head.commit, !commit.dirty else { return nil }
        return
            "both sides are the same program (commit \(commit.hash.prefix(9)), without changes): any difference is "
            + "due to the machine"
    }

    /// What prevents a fair comparison of the two runs.
    private static func notes(on runs: Both<Run>) -> [String] {
        let headers = runs.map(\.header)
        var notes = [sameProgram(runs)].compactMap { $0 }
        if runs.base.machine != runs.head.machine {
            notes.append(
                "the machines differ: \(runs.base.machine) and \(runs.head.machine); the ratios compare them too")
        }
        if headers.base.suite.name != headers.head.suite.name {
            notes.append("the suites differ: \(headers.base.suite.name) and \(headers.head.suite.name)")
        }
        for name in Set(headers.base.environment.keys).union(headers.head.environment.keys).sorted() {
            let (before, after) = (headers.base.environment[name], headers.head.environment[name])
            if before != after { notes.append("\(name) is \(after ?? "not set"), and was \(before ?? "not set")") }
        }
        if headers.base.instructionSet != headers.head.instructionSet {
            notes.append(
                "the instruction sets differ: \(headers.base.instructionSet ?? "unknown") and "
                    + (headers.head.instructionSet ?? "unknown"))
        }
        if headers.base.options["cold"] != headers.head.options["cold"] { notes.append("only one of them was cold") }
        for run in [runs.base, runs.head] {
            let imprecise = run.records.count(where: run.isImprecise)
            if imprecise > 0 {
                notes.append(
                    "in \(run.path), \(imprecise) of \(run.records.count) cases did not reach the requested precision")
            }
            if run.end == nil { notes.append("\(run.path) was cut off: cases may be missing") }
            if !run.problems.isEmpty {
                notes.append("not all of \(run.path) could be read: cases may be missing or old")
            }
        }
        notes.append(
            "each side was measured separately: changes of the machine in between are in the ratios; "
                + "with `assay compare BASE HEAD` they take turns")
        return notes
    }
}

extension ListedCase {
    /// A description of the case in a record.
    init(_ record: Record) {
        self.init(
            name: record.case, label: record.label, kind: record.kind, workload: record.name,
            parameters: record.parameters, setting: record.setting,
            costs: record.costs, bytes: 0)
    }
}

import Foundation
import Platform
import Results
import Synchronization

/// Writes the report on the runs of one suite: CSV, gnuplot scripts, pictures.
package struct ReportWriter: Sendable {
    /// What was made, and what failed.
    package struct Outcome: Sendable, Hashable {
        /// Names of files in the folder, in writing order.
        package var written: [String] = []
        /// Names of files from an earlier report whose figures are no longer in the CSV.
        package var removed: [String] = []
        package var problems: [ReportProblem] = []
        /// Requested plots for which these runs have no data.
        package var notes: [ReportProblem] = []
    }

    package let folder: String
    private let drawing: Drawing

    /// Creates `folder` when writing, if it is missing; `drawing` names the program that draws.
    package init(folder: String, drawing: Drawing = Drawing()) {
        self.folder = folder
        self.drawing = drawing
    }

    /// Removes what killed processes left in the reports below a folder: those reports may never be written again.
    package static func tidy(_ folder: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] {
            Workshop.removeAbandoned(in: "\(folder)/\(name)")
        }
    }

    /// Writes the CSV and the plots for runs of one suite.
    package func write(_ runs: [Run]) -> Outcome {
        guard let suite = runs.first?.header.suite.name else { return Outcome() }
        let (plots, notes) = PlotCatalog.plots(of: runs)
        let long = "\(FileName.stem([suite])).csv"
        var texts = [(long, CSV.text(of: runs))]
        for (name, text) in [("wide", CSV.wide(runs)), ("samples", CSV.samples(runs))] {
            // A suite may have one of these names.
            texts.append((long == "\(name).csv" ? "\(name)-table.csv" : "\(name).csv", text))
        }
        var outcome = write(texts: texts, plots: plots)
        // A user who selected a part of the suite did not request the plots of the rest.
        outcome.notes = runs.contains { $0.header.isPartOfSuite } ? [] : notes
        return outcome
    }

    /// Every file is written to a temporary place, then renamed. If a part fails, it becomes a problem, and the others
    /// are still made. The first text is the CSV to which the plots belong.
    func write(texts: [(name: String, text: String)], plots: [Plot]) -> Outcome {
        var outcome = Outcome()
        let workshop: Workshop
        do throws(ReportProblem) {
            workshop = try makeFolder()
        } catch {
            outcome.problems.append(error)
            return outcome
        }
        for (name, text) in texts where !outcome.isOver {
            outcome.attempt(name) { (name) throws(ReportProblem) in
                try workshop.write(name) { (aside) throws(ReportProblem) in
                    try ReplacedFile.write(text, to: aside)
                }
            }
        }
        let source = texts.first?.name ?? ""
        let plots = plots.map { $0.beside(source) }
        let belonging = BelongingPictures(in: folder, source: source)
        let before = belonging.scripts
        for plot in plots where !outcome.isOver {
            outcome.attempt("\(plot.name).gp") { (name) throws(ReportProblem) in
                try workshop.write(name) { (aside) throws(ReportProblem) in try plot.script.write(to: aside) }
            }
        }
        // Before drawing: no picture is better than an old one if drawing fails.
        let after = belonging.scripts
        for (name, script) in before where after[name] != script || !plots.contains(where: { $0.name == name }) {
            let isLeft = !plots.contains { $0.name == name }
            outcome.removed += belonging.removePictures(of: name, withScript: isLeft)
        }
        if !outcome.isOver {
            let written = Set(outcome.written)
            for pictures in draw(plots.filter { written.contains("\($0.name).gp") }, in: workshop) {
                outcome.written += pictures.written
                if !outcome.isOver { outcome.problems += pictures.problems }
            }
        }
        outcome.removed.removeAll(where: outcome.written.contains)
        // Report each problem once, however many pictures it affects.
        var seen: Set<ReportProblem> = []
        outcome.problems.removeAll { !seen.insert($0).inserted }
        return outcome
    }

    /// Draws on all processors at once, since thousands of cases make dozens of pictures. Returns the outcomes in plot
    /// order; empty for plots that were skipped after a final problem.
    private func draw(_ plots: [Plot], in workshop: Workshop) -> [Outcome] {
        let outcomes = Mutex(Array(repeating: Outcome(), count: plots.count))
        DispatchQueue.concurrentPerform(iterations: plots.count) { index in
            if outcomes.withLock({ $0.contains(where: \.isOver) }) { return }
            var outcome = Outcome()
            do throws(ReportProblem) {
                outcome.written = try drawing.draw(plots[index], in: workshop)
            } catch {
                outcome.problems = [error]
            }
            outcomes.withLock { $0[index] = outcome }
        }
        return outcomes.withLock { $0 }
    }

    private func makeFolder() throws(ReportProblem) -> Workshop {
        do throws(FileError) {
            try createFolder(folder)
        } catch {
            throw ReportProblem(
                "cannot make the folder \(folder): \(String(cString: strerror(error.code ?? EIO)))",
                remedy: "choose another")
        }
        return try Workshop(in: folder)
    }
}

extension RunHeader {
    /// Whether the command line selected only some of the suite's cases.
    fileprivate var isPartOfSuite: Bool {
        ["filter", "exclude", "implementation", "case", "shard"].contains { options[$0] != nil }
    }
}

extension ReportWriter.Outcome {
    /// Whether everything that follows would fail in the same way.
    fileprivate var isOver: Bool { problems.contains(where: \.isFinal) }

    fileprivate mutating func attempt(_ name: String, _ write: (String) throws(ReportProblem) -> Void) {
        do throws(ReportProblem) {
            try write(name)
            written.append(name)
        } catch {
            problems.append(error)
        }
    }
}

import Foundation
import Results

/// Writes what people read of the runs of one suite: CSV, gnuplot scripts, pictures.
package struct ReportWriter: Sendable {
    /// What was made, and what could not be.
    package struct Outcome: Sendable, Hashable {
        /// Names of files in the folder, in the order in which they were written.
        package var written: [String] = []
        package var problems: [ReportProblem] = []
        /// Plots for which these runs, perhaps a part of the suite, have nothing to show.
        package var notes: [ReportProblem] = []
    }

    package let folder: String
    private let drawing: Drawing

    /// `folder` is made where it is missing; `gnuplot` is the program that draws.
    package init(folder: String, gnuplot: String = "gnuplot") {
        self.folder = folder
        drawing = Drawing(program: gnuplot)
    }

    /// The CSV and the plots of runs of one suite.
    package func write(_ runs: [Run]) -> Outcome {
        guard let suite = runs.first?.header.suite.name else { return Outcome() }
        let (plots, notes) = PlotCatalog.plots(of: runs)
        var outcome = write(texts: [("\(FileName.stem([suite])).csv", CSV.text(of: runs))], plots: plots)
        outcome.notes = notes
        return outcome
    }

    /// Every file is written aside and then takes its name. A part that fails is a problem, and the others are still made.
    func write(texts: [(name: String, text: String)], plots: [Plot]) -> Outcome {
        var outcome = Outcome()
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
            let problem = ReportProblem("cannot make the folder \(folder): \(error.reason)", remedy: "choose another")
            outcome.problems.append(problem)
            return outcome
        }
        for (name, text) in texts where !outcome.isDiskFull {
            outcome.attempt(name) { (name) throws(ReportProblem) in
                try ReplacedFile.write("\(folder)/\(name)", text: text)
            }
        }
        for plot in plots where !outcome.isDiskFull {
            outcome.attempt("\(plot.name).gp") { (name) throws(ReportProblem) in
                try ReplacedFile.write("\(folder)/\(name)") { (aside) throws(ReportProblem) in
                    try plot.script.write(to: aside)
                }
            }
        }
        let scripts = plots.map(\.name).filter { outcome.written.contains("\($0).gp") }
        for name in scripts where !outcome.isDiskFull {
            do throws(ReportProblem) {
                outcome.written += try drawing.draw(name, in: folder)
            } catch {
                outcome.problems.append(error)
            }
        }
        // One line says it, however many pictures there were.
        var seen: Set<ReportProblem> = []
        outcome.problems.removeAll { !seen.insert($0).inserted }
        return outcome
    }
}

extension ReportWriter.Outcome {
    /// One file said so; the others would say the same.
    fileprivate var isDiskFull: Bool { problems.contains(where: \.isDiskFull) }

    fileprivate mutating func attempt(_ name: String, _ write: (String) throws(ReportProblem) -> Void) {
        do throws(ReportProblem) {
            try write(name)
            written.append(name)
        } catch {
            problems.append(error)
        }
    }
}

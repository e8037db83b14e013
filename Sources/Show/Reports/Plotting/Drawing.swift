import Foundation

/// Draws scripts with gnuplot.
package struct Drawing: Sendable {
    /// The gnuplot program, searched for in PATH.
    package let program: String
    /// The time limit of a picture in seconds: each of ours takes less than one on a quiet machine.
    package let limit: Double

    package init(program: String = "gnuplot", limit: Double = 30) {
        self.program = program
        self.limit = limit
    }

    /// The file extensions of the pictures that a script draws.
    package static let formats = ["png", "svg"]

    /// Runs `NAME.gp` in its folder. Pictures get their names only when they are complete. Returns these names.
    func draw(_ plot: Plot, in workshop: Workshop) throws(ReportProblem) -> [String] {
        let name = plot.name
        try run("\(name).gp", at: "../\(name).gp", in: workshop.path)
        // An SVG is shown with the reader's fonts; a PNG uses those of this machine.
        try take("\(name).svg", format: "svg", from: workshop)
        let legible = plot.script.legible(by: .ofThisMachine)
        if legible != plot.script {
            // A name that no plot has, since several plots are drawn at once.
            try legible.write(to: "\(workshop.path)/\(name).legible.gp")
            try run("\(name).gp", at: "\(name).legible.gp", in: workshop.path)
        }
        try take("\(name).png", format: "png", from: workshop)
        return Self.formats.map { "\(name).\($0)" }
    }

    private func take(_ picture: String, format: String, from workshop: Workshop) throws(ReportProblem) {
        guard Self.isWhole("\(workshop.path)/\(picture)", format: format) else {
            throw ReportProblem(
                "gnuplot left \(picture) unfinished", remedy: "check that the disk has space and that gnuplot has cairo"
            )
        }
        try workshop.move("\(workshop.path)/\(picture)", to: picture)
    }

    private func run(_ script: String, at path: String, in folder: String) throws(ReportProblem) {
        let execution: Execution
        do throws(Execution.Failure) {
            // -d: ignore the user's own settings, which would change the pictures.
            execution = try Execution.run([program, "-d"], in: folder, loading: path, limit: limit)
        } catch {
            throw problem(error, drawing: script)
        }
        guard execution.status == 0 else {
            let lines = execution.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            let last = lines.last { !$0.isEmpty } ?? "no message"
            throw ReportProblem(
                "gnuplot exited with code \(execution.status) on \(script): \(last)",
                remedy: "run gnuplot on the script to see where")
        }
    }

    private func problem(_ failure: Execution.Failure, drawing script: String) -> ReportProblem {
        switch failure {
        case .outOfTime:
            ReportProblem(
                "\(program) did not draw \(script) within \(Format.seconds(limit)), no picture is drawn",
                remedy: "run gnuplot on the script to see why", isFinal: true)
        case .notStarted(ENOENT):
            ReportProblem("\(program) is not installed, no picture is drawn", remedy: "install gnuplot-nox")
        case .notStarted(let error):
            ReportProblem(
                "cannot run \(program): \(String(cString: strerror(error)))", remedy: "check that it is installed")
        }
    }

    /// Whether the file ends as its format requires: gnuplot does not report a full disk.
    private static func isWhole(_ path: String, format: String) -> Bool {
        guard let handle = FileHandle(forReadingAtPath: path), let length = try? handle.seekToEnd() else {
            return false
        }
        try? handle.seek(toOffset: length - min(length, 32))
        let end = (try? handle.readToEnd()) ?? Data()
        return end.range(of: Data((format == "svg" ? "</svg>" : "IEND").utf8)) != nil
    }
}

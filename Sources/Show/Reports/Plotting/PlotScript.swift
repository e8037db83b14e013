import Platform
import Results

/// A gnuplot script as a value: the same statements give the same bytes.
package struct PlotScript: Sendable, Hashable {
    package enum Statement: Sendable, Hashable {
        case line(String)
        case block(name: String, rows: [String])
    }

    package private(set) var statements: [Statement] = []

    package init() {}

    package mutating func line(_ text: String) { statements.append(.line(text)) }
    package mutating func lines(_ texts: [String]) { texts.forEach { line($0) } }

    /// A data block of numbers; a missing one is written `NaN`, which gnuplot leaves out.
    package mutating func block(_ name: String, rows: [[Double?]]) {
        let rows = rows.map { row in
            row.map { $0.flatMap { $0.isFinite ? CSV.number($0) : nil } ?? "NaN" }.joined(separator: " ")
        }
        statements.append(.block(name: name, rows: rows))
    }

    mutating func append(_ statement: Statement) { statements.append(statement) }
    package mutating func append(_ other: PlotScript) { statements += other.statements }

    /// One command of several clauses, a clause a line.
    package mutating func command(_ clauses: [String], head: String) {
        line(head + " " + clauses.joined(separator: ", \\\n    "))
    }

    /// Writes the script to a file that it empties first.
    package func write(to path: String) throws(ReportProblem) {
        let script = try GnuplotScript(path: path)
        for statement in statements {
            switch statement {
            case .line(let text): script.line(text)
            case .block(let name, let rows): script.block(name, rows: rows)
            }
        }
        try script.close()
    }

    /// The command that puts text at a place; `coordinates` as gnuplot has them.
    package static func label(_ text: String, at coordinates: String, _ options: String) -> String {
        "set label \(quoted(text)) at \(coordinates) \(options)"
    }

    /// A literal string. Nothing is expanded between single quotes: no escape, no command, no variable. A quote inside is
    /// written as an apostrophe: gnuplot does not read a doubled one alike everywhere. What no XML may hold, and what would
    /// end a part of it, is not in the text of an SVG either.
    package static func quoted(_ text: String) -> String {
        // Scalars, not characters: a quote with an accent is another character, and still ends the string.
        let scalars = text.onOneLine.unicodeScalars.map { scalar -> Unicode.Scalar in
            switch scalar {
            case "'": "’"
            case _ where scalar.properties.isNoncharacterCodePoint: "\u{FFFD}"
            default: scalar
            }
        }
        return "'" + String(String.UnicodeScalarView(scalars)).replacing("]]>", with: "]] >") + "'"
    }
}

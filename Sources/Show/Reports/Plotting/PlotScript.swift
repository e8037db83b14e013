import Platform
import Results

/// A gnuplot script as a value: equal statements give equal bytes.
package struct PlotScript: Sendable, Hashable {
    package enum Statement: Sendable, Hashable {
        case line(String)
        case block(name: String, rows: [String])
    }

    package private(set) var statements: [Statement] = []

    package init() {}

    package mutating func line(_ text: String) { statements.append(.line(text)) }
    package mutating func lines(_ texts: [String]) { texts.forEach { line($0) } }

    /// A data block of numbers; missing ones are written as `NaN`, which gnuplot leaves out.
    package mutating func block(_ name: String, rows: [[Double?]]) {
        let rows = rows.map { row in
            row.map { $0.flatMap { $0.isFinite ? CSV.number($0) : nil } ?? "NaN" }.joined(separator: " ")
        }
        statements.append(.block(name: name, rows: rows))
    }

    mutating func append(_ statement: Statement) { statements.append(statement) }
    package mutating func append(_ other: PlotScript) { statements += other.statements }

    /// One command with several clauses, one per line.
    package mutating func command(_ clauses: [String], head: String) {
        line(head + " " + clauses.joined(separator: ", \\\n    "))
    }

    /// Writes the script to a file, which is created or emptied.
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

    /// The command that puts text at a place; `coordinates` are in gnuplot's syntax.
    package static func label(_ text: String, at coordinates: String, _ options: String) -> String {
        "set label \(quoted(text)) at \(coordinates) \(options)"
    }

    /// A literal string. Between single quotes nothing is expanded: no escape, command or variable. A quote inside
    /// becomes an apostrophe, since gnuplot does not treat doubled quotes alike everywhere. Characters that XML
    /// forbids, and sequences that would end a part of it, are replaced for SVG.
    package static func quoted(_ text: String) -> String {
        // Scalars, not characters: a quote with an accent is another character, but still ends the string.
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

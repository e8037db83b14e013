/// The output of a command, in no format yet. `FormatCatalog` has the formats.
package protocol PrintedReport {
    /// For people, from top to bottom.
    var sections: [ReportSection] { get }
    /// For programs that read tables: a head and rows.
    var csv: String { get }
    /// For programs: see docs/output.md.
    var document: JSONDocument { get }

    /// The sections for a terminal.
    var text: String { get }
    /// The sections as Markdown, to be pasted into a pull request.
    var markdown: String { get }
}

/// A part of what people read.
package enum ReportSection: Sendable {
    case heading(String)
    case paragraph(String)
    case table(Table)
    /// Lines, with a word before them if it is not empty.
    case list(String, [String])
    /// Lines on what stands before them.
    case notes([String])

    /// Whether there is nothing to print.
    var isEmpty: Bool {
        switch self {
        case .list(_, let lines), .notes(let lines): lines.isEmpty
        case .heading, .paragraph, .table: false
        }
    }
}

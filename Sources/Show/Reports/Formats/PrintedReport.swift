/// The output of a command, independent of the format. `FormatCatalog` has the formats.
package protocol PrintedReport {
    /// For people, from top to bottom.
    var sections: [ReportSection] { get }
    /// For programs that read tables: a header and rows.
    var csv: String { get }
    /// For programs: see docs/output.md.
    var document: JSONDocument { get }

    /// The sections for a terminal.
    var text: String { get }
    /// The sections as Markdown, to paste into a pull request.
    var markdown: String { get }
}

/// A part of the text for people.
package enum ReportSection: Sendable {
    case heading(String)
    case paragraph(String)
    case table(Table)
    /// Lines, preceded by a word unless it is empty.
    case list(String, [String])
    /// Notes on the preceding section.
    case notes([String])

    /// Whether there is nothing to print.
    var isEmpty: Bool {
        switch self {
        case .list(_, let lines), .notes(let lines): lines.isEmpty
        case .heading, .paragraph, .table: false
        }
    }
}

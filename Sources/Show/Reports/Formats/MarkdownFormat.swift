import Results

extension ReportFormat {
    /// Markdown, for pull requests and notes.
    package static let markdown = ReportFormat("markdown", isForPeople: true) { $0.markdown }
}

extension PrintedReport {
    package var markdown: String { sections.filter { !$0.isEmpty }.map(\.markdown).joined(separator: "\n") }
}

extension ReportSection {
    /// Ends with a line break.
    var markdown: String {
        switch self {
        case .heading(let text): "### \(Markdown.escaped(text))\n"
        case .paragraph(let text): Markdown.escaped(text) + "\n"
        case .table(let table): table.markdown()
        case .list("", let items), .notes(let items): items.map(Markdown.item).joined()
        case .list(let head, let items):
            Markdown.escaped(head.prefix(1).uppercased() + head.dropFirst()) + ":\n\n"
                + items.map(Markdown.item).joined()
        }
    }
}

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
        case .heading(let text): "### \(text.onOneLine)\n"
        case .paragraph(let text): text.onOneLine + "\n"
        case .table(let table): table.markdown()
        case .list("", let lines), .notes(let lines): lines.map { "- \($0.onOneLine)\n" }.joined()
        case .list(let head, let lines):
            "\(head.prefix(1).uppercased())\(head.dropFirst()):\n\n" + lines.map { "- \($0.onOneLine)\n" }.joined()
        }
    }
}

import Platform
import Results

extension ReportFormat {
    /// Tables and sentences for a terminal.
    package static let table = ReportFormat("table", isForPeople: true) { $0.text }
}

extension PrintedReport {
    package var text: String {
        var text = ""
        for section in sections where !section.isEmpty {
            if !text.isEmpty, !section.isNotes { text += "\n" }
            text += section.text
        }
        return text
    }
}

extension ReportSection {
    fileprivate var isNotes: Bool { if case .notes = self { true } else { false } }

    fileprivate var text: String {
        switch self {
        case .heading(let text), .paragraph(let text): text.plainLines + "\n"
        case .table(let table): table.rendered()
        case .list("", let lines), .notes(let lines): lines.map { "\($0.plainLines)\n" }.joined()
        case .list(let head, let lines): "\(head):\n" + lines.map { "  \($0.plainLines)\n" }.joined()
        }
    }
}

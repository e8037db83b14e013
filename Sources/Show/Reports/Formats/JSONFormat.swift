import Platform
import Results

extension ReportFormat {
    /// JSON: a single object.
    package static let json = ReportFormat("json", isForPeople: false) { try $0.json() }
}

extension PrintedReport {
    /// The document as text.
    package func json() throws -> String { try JSONText.of(document.value) + "\n" }
}

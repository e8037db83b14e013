/// A format in which a report is printed.
package struct ReportFormat: Sendable {
    /// The name for `--format`.
    package let name: String
    /// Whether it is text for people, without control characters; otherwise data, written unchanged.
    package let isForPeople: Bool
    /// The whole report, with a line break at the end.
    package let text: @Sendable (any PrintedReport) throws -> String

    init(
        _ name: String, isForPeople: Bool, text: @escaping @Sendable (any PrintedReport) throws -> String
    ) {
        self.name = name
        self.isForPeople = isForPeople
        self.text = text
    }
}

/// Every format, one per line.
package enum FormatCatalog {
    package static let formats: [ReportFormat] = [
        .table,
        .csv,
        .json,
        .markdown,
    ]
}

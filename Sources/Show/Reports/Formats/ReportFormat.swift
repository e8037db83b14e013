/// A format in which a report is printed.
package struct ReportFormat: Sendable {
    /// As `--format` takes it.
    package let name: String
    /// Whether it is text for people, which holds no control characters; else data, which is written as it is.
    package let isForPeople: Bool
    /// The whole report, with a line break at its end.
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

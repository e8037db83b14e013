extension ReportFormat {
    /// Comma-separated values.
    package static let csv = ReportFormat("csv", isForPeople: false) { $0.csv }
}

import ArgumentParser
import Reports

/// How results are printed: a format of the catalog, by its name.
struct OutputFormat: ExpressibleByArgument, Sendable {
    private let format: ReportFormat

    static let table = OutputFormat(format: .table)

    private init(format: ReportFormat) { self.format = format }

    init?(argument: String) {
        guard let format = FormatCatalog.formats.first(where: { $0.name == argument }) else { return nil }
        self.format = format
    }

    static var allValueStrings: [String] { FormatCatalog.formats.map(\.name) }

    var isForPeople: Bool { format.isForPeople }

    var defaultValueDescription: String { format.name }

    /// Prints a report on standard output.
    func print(_ report: some PrintedReport) throws {
        let text = try format.text(report)
        if format.isForPeople {
            StandardStreams.print(text, terminator: "")
        } else {
            StandardStreams.printData(text)
        }
    }
}

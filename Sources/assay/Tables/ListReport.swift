import Reports

/// Things of one kind, one per row: as people read them and as programs do.
struct ListTable {
    struct Cell {
        let text: String
        let value: JSONValue?

        /// A text that means itself; nothing if it is empty.
        init(_ text: String) {
            self.text = text
            value = text.isEmpty ? nil : .string(text)
        }

        /// A number, as it is printed.
        init(_ number: Int?, _ text: String) {
            self.text = text
            value = JSONValue(number)
        }
    }

    /// `suites`, `models` ...
    let name: String
    /// Their names for programs are these with underscores.
    let columns: [Table.Column]
    let rows: [[Cell]]

    var table: Table { Table(columns: columns, rows: rows.map { $0.map(\.text) }) }

    private var words: [String] { columns.map { $0.title.lowercased().replacing(" ", with: "_") } }

    var json: JSONValue {
        .array(
            rows.map { row in
                let known = zip(words, row).compactMap { word, cell in cell.value.map { (word, $0) } }
                return .object(Dictionary(known) { first, _ in first })
            })
    }

    var csv: String {
        ([words] + rows.map { $0.map(\.plain) }).map(CSV.line).joined()
    }
}

extension ListTable.Cell {
    /// For a table that programs read.
    fileprivate var plain: String { if case .int(let number) = value { String(number) } else { text } }
}

/// Several lists, one below the other.
struct ListReport: PrintedReport {
    let listings: [ListTable]
    /// Shown to people instead of the lists.
    var details: [ReportSection] = []

    var sections: [ReportSection] { details.isEmpty ? listings.map { .table($0.table) } : details }

    /// The first list; of several that people see one below the other, the first and the last column of each.
    var csv: String {
        if listings.count == 1 || !details.isEmpty { return listings[0].csv }
        let rows = listings.flatMap { listing in
            listing.rows.map { [listing.name, $0.first?.text ?? "", $0.last?.text ?? ""] }
        }
        return ([["list", "name", "what_it_is"]] + rows).map(CSV.line).joined()
    }

    var document: JSONDocument {
        JSONDocument(
            command: "list",
            others: Dictionary(listings.map { ($0.name, $0.json) }) { first, _ in first })
    }
}

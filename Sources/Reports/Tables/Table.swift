import TextTable

/// Rows of text under a head, for a terminal or for Markdown.
package struct Table: Sendable {
    package struct Column: Sendable {
        package let title: String
        /// As numbers are: to the right.
        package let isNumber: Bool

        /// A column of words.
        package static func left(_ title: String) -> Column { Column(title: title, isNumber: false) }
        /// A column of numbers.
        package static func right(_ title: String) -> Column { Column(title: title, isNumber: true) }
    }

    package var columns: [Column]
    /// A cell a column; rows that are too short are filled with empty cells, longer ones cut.
    package var rows: [[String]]

    package init(columns: [Column], rows: [[String]] = []) {
        self.columns = columns
        self.rows = rows
    }

    /// Two spaces between columns and a rule under the head. Ends with a line break.
    package func rendered() -> String { text(in: QuietStyle.self) { $0.onOneLine } }

    /// A Markdown table. Ends with a line break.
    package func markdown() -> String {
        text(in: Pipe.self) { $0.onOneLine.replacing("\\", with: "\\\\").replacing("|", with: "\\|") }
    }

    private func text(in style: any TextTableStyle.Type, _ escape: (String) -> String) -> String {
        guard !columns.isEmpty else { return "" }
        let titles = columns.map { escape($0.title) }
        let cells = rows.map { row in columns.indices.map { $0 < row.count ? escape(row[$0]) : "" } }
        // TextTable pads by UTF-16 units and cuts what is longer, so widths are counted in them.
        let widths = columns.indices.map { i in ([titles] + cells).map { $0[i].utf16.count }.max() ?? 0 }
        let table = TextTable<[String]> { row in
            columns.indices.map {
                TextTable::Column(
                    title: titles[$0], value: row[$0], width: widths[$0], align: columns[$0].isNumber ? .right : .left)
            }
        }
        // TextTable writes nothing where there are no rows: the head is that of a table with one, without it.
        let blank = [columns.map { _ in "" }]
        let text = table.string(for: cells.isEmpty ? blank : cells, style: style) ?? ""
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(\.withoutSpacesAtEnd)
        if lines.last == "" { lines.removeLast() }
        if cells.isEmpty { lines.removeLast() }
        return lines.map { $0 + "\n" }.joined()
    }
}

extension Substring {
    fileprivate var withoutSpacesAtEnd: String {
        String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
    }
}

import Platform
import Results

/// Rows of text below a header, for a terminal or for Markdown.
package struct Table: Sendable {
    package struct Column: Sendable {
        package let title: String
        /// Right-aligned, for numbers.
        package let isNumber: Bool

        /// A column of words.
        package static func left(_ title: String) -> Column { Column(title: title, isNumber: false) }
        /// A column of numbers.
        package static func right(_ title: String) -> Column { Column(title: title, isNumber: true) }
    }

    package var columns: [Column]
    /// One cell per column; missing cells are empty, surplus ones are dropped.
    package var rows: [[String]]

    package init(columns: [Column], rows: [[String]] = []) {
        self.columns = columns
        self.rows = rows
    }

    /// Two spaces between columns and a rule below the header. Ends with a line break.
    package func rendered() -> String {
        let grid = Grid(self) { $0.onOneLine }
        guard !columns.isEmpty else { return "" }
        let rule = grid.widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
        let rows = grid.rows.map { $0.joined(separator: "  ") }
        return ([rows[0], rule] + rows.dropFirst()).map { $0.withoutSpacesAtEnd + "\n" }.joined()
    }

    /// A Markdown table. Ends with a line break.
    package func markdown() -> String {
        let grid = Grid(self, Markdown.escaped)
        guard !columns.isEmpty else { return "" }
        let rule = zip(columns, grid.widths).map { column, width in
            let dashes = String(repeating: "-", count: max(width, 3) + 1)
            return column.isNumber ? dashes + ":" : ":" + dashes
        }.joined(separator: "|")
        let rows = grid.rows.map { "| \($0.joined(separator: " | ")) |\n" }
        return rows[0] + "|\(rule)|\n" + rows.dropFirst().joined()
    }

    /// Cells as printed, header first, each padded to the width of its column.
    private struct Grid {
        let widths: [Int]
        let rows: [[String]]

        init(_ table: Table, _ escape: (String) -> String) {
            let columns = table.columns
            let cells = ([columns.map(\.title)] + table.rows).map { row in
                columns.indices.map { $0 < row.count ? escape(row[$0]) : "" }
            }
            let widths = columns.indices.map { column in cells.map { $0[column].columns }.max() ?? 0 }
            self.widths = widths
            rows = cells.map { row in
                columns.indices.map { column in
                    let space = String(repeating: " ", count: widths[column] - row[column].columns)
                    return columns[column].isNumber ? space + row[column] : row[column] + space
                }
            }
        }
    }
}

extension String {
    fileprivate var withoutSpacesAtEnd: String {
        String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
    }
}

/// A place in a file or on the command line.
package struct Place: Hashable, Sendable, CustomStringConvertible {
    /// The file as named by the user; `--case` for the command line.
    package let file: String
    /// Counted from 1; nil for the whole file.
    package let line: Int?
    package let column: Int?

    package init(file: String, line: Int? = nil, column: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }

    /// `file:line:column`, as compilers write it and editors jump to.
    package var description: String {
        [file, line.map(String.init), column.map(String.init)].compactMap { $0 }.joined(separator: ":")
    }
}

/// The first lines of a Matrix Market file: what kind of matrix it is, and its size.
struct MatrixMarketHeader {
    /// False for a pattern.
    let hasValues: Bool
    let isSymmetric: Bool
    let rows: Int
    let columns: Int
    /// Entries that the file lists.
    let entries: Int

    /// Reads up to the line of the size. The size is never more than the rest of the file can hold.
    init(_ lines: inout LineScanner) throws(ShapeError) {
        let format = "%%MatrixMarket matrix coordinate real|integer|pattern general|symmetric"
        guard lines.nextLine(skippingComments: false), lines.word().lowercased() == "%%matrixmarket" else {
            throw lines.error("no Matrix Market file", remedy: "its first line must be: \(format)")
        }
        func choice(_ words: [String]) throws(ShapeError) -> String {
            let word = lines.word().lowercased()
            guard words.contains(word) else {
                throw lines.error(
                    "'\(word)' where \(words.joined(separator: " or ")) must stand",
                    remedy: "convert the file to: \(format)")
            }
            return word
        }
        _ = try choice(["matrix"])
        _ = try choice(["coordinate"])
        hasValues = try choice(["real", "integer", "pattern"]) != "pattern"
        isSymmetric = try choice(["general", "symmetric"]) == "symmetric"
        try lines.endLine()

        guard lines.nextLine() else {
            throw lines.error("the file ends before the line of its size", remedy: "get the whole file")
        }
        let indices = 1...Int(Int32.max)
        rows = try lines.whole("the rows", in: indices)
        columns = try lines.whole("the columns", in: indices)
        entries = try lines.whole("the entries", in: 0...Int(Int32.max))
        try lines.endLine()
        guard !isSymmetric || rows == columns else {
            throw lines.error(
                "a symmetric matrix of \(rows) rows and \(columns) columns",
                remedy: "correct the size, or call it general")
        }
        // An entry takes at least a digit, a space, a digit and a line end. This also bounds the reserved memory.
        let room = (lines.remaining + 1) / 4
        guard entries <= room else {
            throw lines.error(
                "\(entries) entries are promised, and the rest of the file has room for \(room) at most",
                remedy: "get the whole file, or correct the line of the size")
        }
    }
}

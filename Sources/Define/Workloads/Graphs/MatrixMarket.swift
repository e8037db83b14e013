import Foundation

/// A sparse matrix in a file of the Matrix Market exchange format (Boisvert, Pozo and Remington, NISTIR 5935, 1996):
/// coordinate; real, integer or pattern; general or symmetric.
///
/// Row i of the matrix is destination i of the graph, and column j is source j.
package struct MatrixMarket: Sendable, Hashable {
    package let path: String
    package let rows: Int
    package let columns: Int
    /// Entries of the matrix. A symmetric one has two for each off-diagonal entry that the file lists.
    package let edges: Int

    /// The number of entries in the fullest row.
    package let longestRow: Int
    /// The rows and columns that have an entry.
    package let touched: TouchedNodes
    /// The same for entries off the diagonal.
    let touchedByOthers: TouchedNodes
    /// Entries on the diagonal.
    let selfLoops: Int

    /// Reads the file once and keeps its size, so that any error in it is known before anything runs.
    package init(path: String) throws(ShapeError) {
        self.path = path
        let list = try Self.read(path)
        (rows, columns, edges) = (list.rows, list.columns, list.count)
        var lengths: [Int32: Int] = [:]
        for destination in list.destinations { lengths[destination, default: 0] += 1 }
        longestRow = lengths.values.max() ?? 0
        touched = TouchedNodes(list)
        touchedByOthers = TouchedNodes(list.withoutLoops)
        selfLoops = list.selfLoops
    }

    /// Reads the entries. Throws if the size of the file has changed since.
    package func edgeList() throws(ShapeError) -> EdgeList {
        let list = try Self.read(path)
        guard list.rows == rows, list.columns == columns, list.count == edges else {
            throw ShapeError("\(path) has changed since its size was read", parameter: "graph", remedy: "run it again")
        }
        return list
    }

    /// The entries in the bytes of a file, mirrored ones after those that are listed. A pattern has weights of 1.
    package static func parse(_ bytes: UnsafeRawBufferPointer, file: String) throws(ShapeError) -> EdgeList {
        var lines = LineScanner(bytes, file: file)
        let header = try MatrixMarketHeader(&lines)
        return try edges(header, &lines)
    }

    private static func edges(_ header: MatrixMarketHeader, _ lines: inout LineScanner) throws(ShapeError) -> EdgeList {
        var list = EdgeList(rows: header.rows, columns: header.columns)
        var weights: [Float] = []
        list.sources.reserveCapacity(header.entries)
        list.destinations.reserveCapacity(header.entries)
        weights.reserveCapacity(header.entries)
        for entry in 0..<header.entries {
            guard lines.nextLine() else {
                throw lines.error(
                    "the file ends after \(entry) of \(header.entries) entries", remedy: "get the whole file")
            }
            let row = try lines.whole("a row", in: 1...header.rows) - 1
            let column = try lines.whole("a column", in: 1...header.columns) - 1
            let weight = header.hasValues ? try lines.number() : 1
            try lines.endLine()
            guard !header.isSymmetric || column <= row else {
                throw lines.error(
                    "the entry \(row + 1) \(column + 1) of a symmetric matrix is above the diagonal",
                    remedy: "list the lower triangle only, or call the matrix general")
            }
            list.destinations.append(Int32(truncatingIfNeeded: row))
            list.sources.append(Int32(truncatingIfNeeded: column))
            weights.append(weight)
        }
        guard !lines.nextLine() else {
            throw lines.error("more than the \(header.entries) entries of the size line", remedy: "correct that line")
        }
        if header.isSymmetric {
            for entry in 0..<header.entries where list.sources[entry] != list.destinations[entry] {
                list.destinations.append(list.sources[entry])
                list.sources.append(list.destinations[entry])
                weights.append(weights[entry])
            }
            guard list.count <= Int(Int32.max) else {
                throw lines.error("\(list.count) entries are too many for 32 bits", remedy: "take a smaller matrix")
            }
        }
        list.weights = weights
        return list
    }

    private static func read(_ path: String) throws(ShapeError) -> EdgeList {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path), options: .mappedIfSafe)
        } catch {
            throw ShapeError(
                "the graph file '\(path)' cannot be read", parameter: "graph",
                remedy: "give the path of a file, from the folder where assay is called")
        }
        return try data.withUnsafeBytes { bytes in
            Result { () throws(ShapeError) in try parse(bytes, file: path) }
        }.get()
    }
}

/// Matrix Market files that more than one suite of tests reads.
enum GraphText {
    /// Rows: 0 <- {0, 2}, 1 <- {}, 2 <- {1}, 3 <- {0, 0, 2}; four rows, three columns.
    static let rectangular = """
        %%MatrixMarket matrix coordinate pattern general
        4 3 6
        1 1
        1 3
        3 2
        4 1
        4 1
        4 3

        """

    /// 61 nodes; the edges that `leads` chooses lead to one of them.
    static func hub(edges: Int, leads: (_ edge: Int) -> Bool) -> String {
        let nodes = 61
        let entries = (0..<edges).map { e in "\(leads(e) ? 7 : 1 + e * 31 % nodes) \(1 + e * 17 % nodes)" }
        return "%%MatrixMarket matrix coordinate pattern general\n\(nodes) \(nodes) \(edges)\n"
            + entries.joined(separator: "\n")
    }
}

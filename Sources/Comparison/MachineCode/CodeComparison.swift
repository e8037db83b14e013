/// Whether two builds run the same machine code.
package enum CodeComparison: Codable, Sendable, Hashable {
    /// So many functions, and all are the same: where times differ, the reason is where code and data stand, what the data
    /// are, which way through the functions was chosen, or noise.
    case same(functions: Int)
    /// The names of the functions that differ or that one side lacks, those with most samples first.
    case differs([String])
    /// It cannot be told, and why.
    case unknown(String)
}

/// Whether two builds run the same machine code in a case.
package enum CodeComparison: Codable, Sendable, Hashable {
    /// The functions in which the time goes, so many, are the same. Of what calls them nothing is known, or all stands at the
    /// same addresses: where times differ, the reason may be how often they are called, the data, or noise.
    case same(functions: Int)
    /// Everything that the case calls, so many functions, is the same, and stands at other addresses: where times differ,
    /// the reason is that, or noise.
    case moved(functions: Int)
    /// The names of the functions and tables that differ or that one side lacks, those with most samples first.
    case differs([String])
    /// It cannot be told, and why.
    case unknown(String)
}

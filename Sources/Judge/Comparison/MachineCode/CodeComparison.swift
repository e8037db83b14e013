/// Whether two builds run the same machine code in a case.
package enum CodeComparison: Codable, Sendable, Hashable {
    /// The functions in which the time goes are the same; their number. Their callers are unknown, or all code is at
    /// the same addresses: if times differ, the reason may be how often the functions are called, the data, or noise.
    case same(functions: Int)
    /// Everything that the case calls, this many functions, is the same but at other addresses: if times differ, the
    /// reason is that or noise.
    case moved(functions: Int)
    /// The names of the functions and tables that differ or that one side lacks, those with most samples first.
    case differs([String])
    /// It cannot be decided, for this reason.
    case unknown(String)
}

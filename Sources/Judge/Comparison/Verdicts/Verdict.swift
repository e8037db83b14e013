/// The verdict on the time of a case.
package enum Verdict: String, Codable, Sendable, Hashable, CaseIterable {
    /// The head takes less time, by more than the margin.
    case faster
    /// The head takes more time, by more than the margin.
    case slower
    /// The times differ by more than the margin, but everything that the case calls is the same machine code at other
    /// addresses: no change of the code caused it.
    case moved
    /// Any difference is within the margin.
    case same
    /// There are too few rounds to decide.
    case inconclusive

    /// Whether the verdict says that the times differ.
    package var isDifference: Bool {
        switch self {
        case .slower, .faster, .moved: true
        case .same, .inconclusive: false
        }
    }
}

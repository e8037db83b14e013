/// The verdict on the time of a case.
package enum Verdict: String, Codable, Sendable, Hashable, CaseIterable {
    /// The head takes less time, by more than the margin.
    case faster
    /// The head takes more time, by more than the margin.
    case slower
    /// The head takes more or less time, by more than the margin, and everything that the case calls is the same machine code
    /// at other addresses: no change of the code did it.
    case moved
    /// Whatever difference there may be is within the margin.
    case same
    /// The rounds are not enough to tell.
    case inconclusive

    /// Whether it says that the times differ.
    package var isDifference: Bool {
        switch self {
        case .slower, .faster, .moved: true
        case .same, .inconclusive: false
        }
    }
}

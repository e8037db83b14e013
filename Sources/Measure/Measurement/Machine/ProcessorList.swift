/// Lists of logical processors as Linux writes them: `0-3,8`.
enum ProcessorList {
    /// More than Linux can be built for.
    private static let limit = 1 << 16

    /// The numbers; nil if the text is not such a list.
    static func parse(_ text: some StringProtocol) -> [Int]? {
        var numbers: [Int] = []
        for part in text.split(separator: ",") {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0.trimmed) }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
                0 <= first, first <= last, last < limit
            else { return nil }
            numbers += first...last
        }
        return numbers.isEmpty ? nil : numbers
    }
}

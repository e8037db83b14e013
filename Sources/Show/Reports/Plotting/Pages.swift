/// Divides items that do not fit into one picture.
struct Pages<Item> {
    let pages: [[Item]]
    /// The number of items that are in no picture.
    let left: Int

    /// - Parameter size: the most items per page.
    init(_ items: [Item], of size: Int) {
        let shown = items.prefix(size * Paging.most)
        pages = stride(from: 0, to: shown.count, by: size).map { Array(shown[$0..<min($0 + size, shown.count)]) }
        left = items.count - shown.count
    }
}

/// Nobody looks at hundreds of pictures, and drawing them would take minutes.
enum Paging {
    /// The most pictures per plot.
    static let most = 10

    /// The note on each of them about the cases that are in none.
    static func note(onLeft count: Int) -> [String] {
        count > 0 ? ["In no picture: \(count) more cases, which are in the CSV; --filter draws a part of a suite"] : []
    }
}

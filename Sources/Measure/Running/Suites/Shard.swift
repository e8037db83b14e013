import Workloads

/// A part of a plan, to spread a suite over machines: `2/8` is the second of eight parts.
package struct Shard: Sendable, Hashable, CustomStringConvertible {
    /// From 1.
    package let index: Int
    package let count: Int

    /// Reads `INDEX/COUNT`; nil if it is not that.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
        guard parts.count == 2, let index = parts[0], let count = parts[1], count >= 1, (1...count).contains(index)
        else {
            return nil
        }
        self.index = index
        self.count = count
    }

    package var description: String { "\(index)/\(count)" }

    /// Every `count`-th shape. All implementations and thread counts of a shape stay in one shard: they are compared, and
    /// two machines are not alike.
    package func share(of cases: [Case]) -> [Case] {
        var order: [String: Int] = [:]
        return cases.filter { item in
            let position = order[item.workload.name] ?? order.count
            order[item.workload.name] = position
            return position % count == index - 1
        }
    }
}

import Workloads

/// One part of a plan, to spread a suite over machines: `2/8` is the second of eight parts.
package struct Shard: Sendable, Hashable, CustomStringConvertible {
    /// Counted from 1.
    package let index: Int
    package let count: Int

    /// Parses `INDEX/COUNT`; nil if the text has another form.
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

    /// Every `count`-th shape. All implementations and thread counts of a shape stay in one shard, since they are
    /// compared and machines differ.
    package func share(of cases: [Case]) -> [Case] {
        var order: [String: Int] = [:]
        return cases.filter { item in
            let position = order[item.workload.name] ?? order.count
            order[item.workload.name] = position
            return position % count == index - 1
        }
    }
}

extension Ceilings {
    /// The better of the two measurements of each ceiling, since any disturbance lowers it. A ceiling whose slices
    /// agreed takes precedence over one whose slices did not. Of the times of an empty call, the shorter one.
    package func merged(with other: Ceilings) -> Ceilings {
        var merged = Ceilings(
            arithmetic: Self.best(arithmetic + other.arithmetic, by: { "\($0.instructionSet) \($0.threads)" }) {
                ($0.isSettled ?? true, $0.flops)
            },
            bandwidth: Self.best(bandwidth + other.bandwidth, by: { "\($0.level) \($0.threads)" }) {
                ($0.isSettled ?? true, $0.bytesPerSecond)
            },
            callSeconds: min(callSeconds, other.callSeconds))
        if min(callSeconds, other.callSeconds) == 0 { merged.callSeconds = max(callSeconds, other.callSeconds) }
        // Near levels first, fewer threads first: in measuring order.
        merged.bandwidth.sort {
            ($0.threads, Self.rank($0.level), $0.level) < ($1.threads, Self.rank($1.level), $1.level)
        }
        return merged
    }

    /// The ceilings for some numbers of threads.
    package func limited(to threads: Set<Int>) -> Ceilings {
        Ceilings(
            arithmetic: arithmetic.filter { threads.contains($0.threads) },
            bandwidth: bandwidth.filter { threads.contains($0.threads) }, callSeconds: callSeconds)
    }

    private static func rank(_ level: String) -> Int { level.hasPrefix("L") ? 0 : 1 }

    /// The best item for each key, in order of first appearance.
    private static func best<Item>(
        _ items: [Item], by key: (Item) -> String, _ quality: (Item) -> (settled: Bool, rate: Double)
    ) -> [Item] {
        var (keys, chosen) = ([String](), [String: Item]())
        for item in items {
            guard let other = chosen[key(item)] else {
                keys.append(key(item))
                chosen[key(item)] = item
                continue
            }
            let (mine, known) = (quality(item), quality(other))
            if mine.settled != known.settled ? mine.settled : mine.rate > known.rate { chosen[key(item)] = item }
        }
        return keys.compactMap { chosen[$0] }
    }
}

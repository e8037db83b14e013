extension Ceilings {
    /// For each ceiling the better of the two measurements: whatever disturbs one makes it lower. One whose slices agreed
    /// counts before one whose slices did not. The time of an empty call is the shorter one.
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
        // From near to far, fewer threads first: as they are measured.
        merged.bandwidth.sort {
            ($0.threads, Self.rank($0.level), $0.level) < ($1.threads, Self.rank($1.level), $1.level)
        }
        return merged
    }

    /// Those of some numbers of threads.
    package func limited(to threads: Set<Int>) -> Ceilings {
        Ceilings(
            arithmetic: arithmetic.filter { threads.contains($0.threads) },
            bandwidth: bandwidth.filter { threads.contains($0.threads) }, callSeconds: callSeconds)
    }

    private static func rank(_ level: String) -> Int { level.hasPrefix("L") ? 0 : 1 }

    /// One for each key, where the key was first seen.
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

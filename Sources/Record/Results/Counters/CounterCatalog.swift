/// Every group of counters, one per line, in the order in which they are read before a sample. After it the order is
/// reversed: the last group is closest to the clock.
package enum CounterCatalog {
    package static let groups: [CounterGroup] =
        CounterGroup.hardware + [
            .resourceUsage,
            .throttledPeriods,
            .processorTime,
        ]

    package static let counters: [Counter] = groups.flatMap(\.counters)

    /// The counter of this name, if this version has it.
    package static func counter(named name: String) -> Counter? { byName[name] }

    private static let byName = Dictionary(uniqueKeysWithValues: counters.map { ($0.name, $0) })
}

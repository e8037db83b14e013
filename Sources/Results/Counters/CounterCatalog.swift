/// Every group of counters, a line each, in the order in which they are read before a sample. After it they are read the other
/// way round: the last is the closest to the clock.
package enum CounterCatalog {
    package static let groups: [CounterGroup] =
        CounterGroup.hardware + [
            .resourceUsage,
            .throttledPeriods,
            .processorTime,
        ]

    package static let counters: [Counter] = groups.flatMap(\.counters)
}

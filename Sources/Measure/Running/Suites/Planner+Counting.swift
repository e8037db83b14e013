extension Planner {
    /// Throws, before any case is made, if sweeps expand to more cases than could be measured.
    func count(_ suites: [Suite]) throws(SuiteError) {
        var all = 0
        for suite in suites {
            for entry in suite.entries {
                let own = entry.leastCases(defaults: suite.defaults)
                guard own <= Self.mostCases else {
                    throw SuiteError(
                        "the sweep makes more than \(Self.mostCases) cases",
                        at: entry.sweep.last?.word.place ?? entry.place, remedy: "sweep fewer values")
                }
                all += own
                guard all <= Self.mostCases else { throw Self.tooManyCases(at: entry.place) }
            }
        }
    }

    static func tooManyCases(at place: Place) -> SuiteError {
        SuiteError("the suite makes more than \(mostCases) cases", at: place, remedy: "split it into several suites")
    }
}

extension Suite.Entry {
    /// The product of its axes. Unspecified implementations count as one, since each kernel has others. An
    /// implementation need not support every element type.
    fileprivate func leastCases(defaults: Suite.Defaults) -> Int {
        let factors =
            sweep.map(\.values.count) + [
                max(elements?.count ?? 1, implementations?.count ?? 1), (threads ?? defaults.threads)?.count ?? 1,
            ]
        return factors.reduce(1) { product, factor in
            let (next, overflow) = product.multipliedReportingOverflow(by: factor)
            return overflow ? .max : next
        }
    }
}

/// How many threads can run at once, given this process's processors and its control group's quota.
package struct ThreadSupply: Sendable {
    /// Logical processors that this process may use.
    package let processors: Int
    /// The quota in processors; nil if there is none.
    package let quota: Double?

    package init(processors: Int, quota: Double?) {
        self.processors = processors
        self.quota = quota
    }

    package init(_ host: SystemView) {
        self.init(processors: host.processors.count, quota: ControlGroup(host.files).quota)
    }

    /// Why this many threads cannot all run at once; nil if they can.
    package func shortage(of threads: Int) -> String? {
        if threads > processors {
            return
                "\(threads) threads are more than the \(Figures.count(processors, "processor")) that this process may use"
        }
        if let quota, Double(threads) > quota {
            return "\(threads) threads are more than the time of \(Figures.decimal(quota)) processors that the control "
                + "group allows"
        }
        return nil
    }
}

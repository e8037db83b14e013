import Settings

/// A program that computes workloads: this one with its own kernels, or another one.
package protocol Provider: Sendable {
    /// Its implementations of a workload, in the order in which they are listed. One that does not compute this shape
    /// says why. The reference is not among them.
    /// - Parameter setting: the requested setting; parts that are nil were left open.
    func implementations(of workload: any Workload, under setting: Setting.Given) -> [Implementation]
}

/// The kernels of this program.
package struct OwnKernels: Provider {
    package init() {}

    package func implementations(of workload: any Workload, under setting: Setting.Given) -> [Implementation] {
        workload.implementations
    }
}

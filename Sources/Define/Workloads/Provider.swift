import Settings

/// Who computes workloads: this program with its own kernels, or another program.
package protocol Provider: Sendable {
    /// The implementations that it has for a workload, in the order in which they are listed. One that does not compute this
    /// shape says why. The reference is not among them.
    /// - Parameter setting: what was asked for. A part that is nil was left open.
    func implementations(of workload: any Workload, under setting: Setting.Given) -> [Implementation]
}

/// The kernels of this program.
package struct OwnKernels: Provider {
    package init() {}

    package func implementations(of workload: any Workload, under setting: Setting.Given) -> [Implementation] {
        workload.implementations
    }
}

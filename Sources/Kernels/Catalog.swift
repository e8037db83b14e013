import Workloads

/// Every kernel, a line each.
package enum KernelCatalog {
    package static let kernels: [any Workload.Type] = [
        MatMul.self,
        Null.self,
    ]
}

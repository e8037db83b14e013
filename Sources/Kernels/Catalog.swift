import Workloads

/// Every kernel, a line each.
package enum KernelCatalog {
    package static let kernels: [any Workload.Type] = [
        Attention.self,
        Conv2D.self,
        MatMul.self,
        Null.self,
        Pool2D.self,
        SpMM.self,
    ]
}

import Workloads

/// Every kernel, a line each.
package enum KernelCatalog {
    package static let kernels: [any Workload.Type] = [
        Activation.self,
        Add.self,
        Attention.self,
        BatchNorm.self,
        Conv2D.self,
        GroupNorm.self,
        InstanceNorm.self,
        LayerNorm.self,
        MatMul.self,
        Null.self,
        Pool2D.self,
        RMSNorm.self,
        Softmax.self,
        SpMM.self,
    ]
}

import Workloads

/// Every kernel, a line each.
package enum KernelCatalog {
    package static let kernels: [any Workload.Type] = [
        Activation.self,
        AdaptivePool2D.self,
        Add.self,
        Attention.self,
        BatchNorm.self,
        BoxDecode.self,
        ChannelScale.self,
        ChannelShuffle.self,
        ChannelSlice.self,
        ClassToken.self,
        Concat.self,
        Conv2D.self,
        EdgeSoftmax.self,
        GroupNorm.self,
        Identity.self,
        InstanceNorm.self,
        LayerNorm.self,
        MatMul.self,
        NonMaximumSuppression.self,
        Null.self,
        Pool2D.self,
        Resize.self,
        RMSNorm.self,
        SDDMM.self,
        Softmax.self,
        SpMM.self,
    ]
}

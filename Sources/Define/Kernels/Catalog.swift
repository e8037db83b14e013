import Workloads

/// Every kernel, one per line.
package enum KernelCatalog {
    package static let kernels: [Kind] = [
        Activation.kind,
        AdaptivePool2D.kind,
        Add.kind,
        Attention.kind,
        BatchNorm.kind,
        BoxDecode.kind,
        ChannelScale.kind,
        ChannelShuffle.kind,
        ChannelSlice.kind,
        ClassToken.kind,
        Concat.kind,
        Conv2D.kind,
        EdgeSoftmax.kind,
        GraphAttention.kind,
        GroupNorm.kind,
        GSDDMM.kind,
        GSpMM.kind,
        Identity.kind,
        InstanceNorm.kind,
        LayerNorm.kind,
        MatMul.kind,
        NonMaximumSuppression.kind,
        Null.kind,
        Pool2D.kind,
        Resize.kind,
        RMSNorm.kind,
        SDDMM.kind,
        Softmax.kind,
        SpMM.kind,
    ]
}

extension Metric {
    /// Bytes of the block that the feature maps between a network's layers share: the peak of its plan.
    package static let activationBytes = exact(
        "activation_bytes", "Activations", unit: "B", better: .lower
    ) { $0.preparation?.activationBytes.map(Double.init) }

    /// Bytes of the buffers that an implementation holds in addition to operands and activations.
    package static let workspaceBytes = exact(
        "workspace_bytes", "Workspace", unit: "B", better: .lower
    ) { $0.preparation.map { Double($0.workspaceBytes) } }

    /// Bytes of weights in the implementation's own layout.
    package static let packedBytes = exact(
        "packed_bytes", "Packed weights", unit: "B", better: .lower
    ) { $0.preparation.map { Double($0.packedBytes) } }

    /// Seconds to pack weights and allocate buffers, once.
    package static let prepareTime = single(
        "prepare_time", "Preparation", unit: "s", better: .lower
    ) { $0.preparation?.seconds }
}

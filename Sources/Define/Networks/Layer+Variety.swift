import Kernels
import Workloads

extension Layer {
    /// The kind of layer as people group them: the kernel's name, and for a convolution also its grouping and its
    /// kernel's size, `conv2d depthwise 3x3`.
    package var variety: String {
        guard workload is Conv2D else { return kernel }
        let (extent, groups) = (workload.arguments.extent("k"), workload.arguments.int("g"))
        let isDepthwise = groups > 1 && groups == workload.arguments.int("ci")
        let grouping = isDepthwise ? "depthwise " : groups > 1 ? "grouped " : ""
        return "\(kernel) \(grouping)\(extent.height)x\(extent.width)"
    }
}

import Kernels
import Workloads

extension Layer {
    /// The kind of layer as people sort them: the kernel's name, and of a convolution its kernel's size and how it is
    /// grouped, `conv2d depthwise 3x3`.
    package var variety: String {
        guard workload is Conv2D else { return kernel }
        let (extent, groups) = (workload.arguments.extent("k"), workload.arguments.int("g"))
        let isDepthwise = groups > 1 && groups == workload.arguments.int("ci")
        let grouping = isDepthwise ? "depthwise " : groups > 1 ? "grouped " : ""
        return "\(kernel) \(grouping)\(extent.height)x\(extent.width)"
    }
}

import Kernels
import Workloads

/// All that a suite can name.
package struct Catalog: Sendable {
    package let kernels: [any Workload.Type]
    package let models: [any Workload.Type]

    package init(kernels: [any Workload.Type], models: [any Workload.Type] = []) {
        self.kernels = kernels
        self.models = models
    }

    /// What this program can do.
    package static let all = Catalog(kernels: KernelCatalog.kernels)

    /// The names of one kind, `kernel` or `model`.
    package func workloads(_ kind: String) -> [any Workload.Type] { kind == "model" ? models : kernels }

    /// The kernel or model of this name and its kind; kernels first.
    func find(_ name: String, kinds: [String] = ["kernel", "model"]) throws(ShapeError) -> (
        kind: String, type: any Workload.Type
    ) {
        for kind in kinds {
            if let type = workloads(kind).first(where: { $0.schema.name == name }) { return (kind, type) }
        }
        let names = kinds.flatMap { workloads($0).map { $0.schema.name } }
        throw ShapeError(
            "there is no \(kinds.joined(separator: " or ")) '\(name)'",
            remedy: Spelling.suggestion(for: name, among: names))
    }
}

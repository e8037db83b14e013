import Kernels
import Networks
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
    package static let all = Catalog(kernels: KernelCatalog.kernels, models: ModelCatalog.models)

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

    /// The kernel or model of this name.
    package func workload(_ kind: String, _ name: String) throws(SuiteError) -> any Workload.Type {
        do throws(ShapeError) {
            return try find(name, kinds: [kind]).type
        } catch {
            throw SuiteError(error, at: Place(file: "list"))
        }
    }

    /// The implementations of a kernel or model, the reference last, as its example has them.
    package static func implementations(of type: any Workload.Type) -> [Implementation] {
        let example = "\(type.schema.name)[\(type.schema.example)]"
        let workload = try? CaseName(parsing: example).given
        return (try? type.init(type.schema.arguments(from: workload ?? [])).allImplementations) ?? []
    }

    /// Every name that an implementation has, sorted.
    package var implementationNames: [String] {
        Set((kernels + models).flatMap { Self.implementations(of: $0).map(\.name) }).sorted()
    }
}

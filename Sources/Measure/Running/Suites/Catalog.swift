import Kernels
import Networks
import Settings
import Workloads

/// Everything that a suite can name.
package struct Catalog: Sendable {
    package let kernels: [Kind]
    package let models: [Kind]
    /// The providers of implementations, in listing order.
    package let providers: [any Provider]

    package init(kernels: [Kind], models: [Kind] = [], providers: [any Provider] = [OwnKernels()]) {
        self.kernels = kernels
        self.models = models
        self.providers = providers
    }

    /// The implementations that all providers offer for a workload, without the reference.
    /// - Parameter setting: the requested setting. A provider may offer others for more threads.
    func contestants(of workload: any Workload, under setting: Setting.Given) -> [Implementation] {
        providers.flatMap { $0.implementations(of: workload, under: setting) }
    }

    /// The same with the reference at the end.
    func implementations(of workload: any Workload, under setting: Setting.Given) -> [Implementation] {
        contestants(of: workload, under: setting) + [.reference(of: workload)]
    }

    /// The kernels and models of this program.
    package static let all = Catalog(kernels: KernelCatalog.kernels, models: ModelCatalog.models)

    /// The names of one kind, `kernel` or `model`.
    package func workloads(_ kind: String) -> [Kind] { kind == "model" ? models : kernels }

    /// The kernel or model of this name, and which of the two words a suite uses for it; kernels are searched first.
    func find(_ name: String, among words: [String] = ["kernel", "model"]) throws(ShapeError) -> (
        word: String, kind: Kind
    ) {
        for word in words {
            if let kind = workloads(word).first(where: { $0.name == name }) { return (word, kind) }
        }
        let names = words.flatMap { workloads($0).map(\.name) }
        throw ShapeError(
            "there is no \(words.joined(separator: " or ")) '\(name)'",
            remedy: Spelling.suggestion(for: name, among: names))
    }

    /// The kernel or model of this name.
    package func workload(_ kind: String, _ name: String) throws(SuiteError) -> Kind {
        do throws(ShapeError) {
            return try find(name, among: [kind]).kind
        } catch {
            throw SuiteError(error, at: Place(file: "list"))
        }
    }

    /// The implementations of a kernel or model, for its example's parameters and one element type; the reference is
    /// last.
    package static func implementations(of kind: Kind, element: ElementType = .f32) -> [Implementation] {
        let given = try? CaseName(parsing: "\(kind.name)[\(kind.schema.example)]").given
        return (try? kind.workload(from: given ?? [], element: element).allImplementations) ?? []
    }

    /// The names of a kernel's or model's implementations for all element types, without duplicates.
    static func implementationNames(of kind: Kind) -> Set<String> {
        Set(kind.schema.elements.flatMap { implementations(of: kind, element: $0).map(\.name) })
    }

    /// The names of all implementations, sorted.
    package var implementationNames: [String] {
        Set((kernels + models).flatMap(Self.implementationNames)).sorted()
    }
}

import Settings
import Workloads

/// A workload and the parameters as written.
struct WrittenShape {
    let kind: String
    let workload: any Workload
    let given: [Schema.Given]

    var schema: Schema { workload.schema }

    /// The name and the parameters as written.
    var defaultLabel: String { ([schema.name] + given.map { "\($0.word)=\($0.text)" }).joined(separator: " ") }

    /// Values by word, and shorthands as written.
    var parameters: [String: String] {
        var parameters: [String: String] = [:]
        for item in given { parameters[item.word] = item.text }
        return parameters.merging(workload.words) { $1 }
    }

    /// Values by every word that a label may use.
    var words: [String: String] {
        var words = parameters
        for (key, value) in workload.arguments.pairs { words[key] = value.description }
        words[ShapeError.element] = workload.element.rawValue
        return words
    }

    func item(_ implementation: Implementation, threads: Int, label: String) -> Case {
        Case(
            kind: kind, workload: workload, implementation: implementation,
            setting: Setting(implementation.name, element: workload.element, threads: threads), label: label,
            parameters: parameters)
    }
}

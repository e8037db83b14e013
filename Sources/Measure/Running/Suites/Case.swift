import Settings
import Workloads

/// The smallest unit to measure: a workload and how to run it. The properties of the setting are available on it too.
@dynamicMemberLookup
package struct Case: Sendable {
    /// `kernel` or `model`.
    package let kind: String
    package let workload: any Workload
    package let setting: Setting
    /// The implementation that the setting names.
    package let implementation: Implementation
    /// For people.
    package let label: String
    /// Every parameter by its word, and the shorthands as written, as text: the axes of plots.
    package let parameters: [String: String]

    package init(
        kind: String, workload: any Workload, implementation: Implementation, setting: Setting, label: String,
        parameters: [String: String]
    ) {
        self.kind = kind
        self.workload = workload
        self.implementation = implementation
        self.setting = setting
        self.label = label
        self.parameters = parameters
    }

    /// The canonical name. It is complete: any machine can run the case again from it.
    package var name: String {
        workload.name + setting.text
    }

    package subscript<Part>(dynamicMember part: KeyPath<Setting, Part>) -> Part { setting[keyPath: part] }

    /// The name of the kernel or model alone.
    package var workloadName: String { workload.schema.name }

    /// Why the case cannot be measured, if that is known before it runs; otherwise nil.
    package var unsupported: String? {
        if let reason = implementation.unsupported { return reason }
        if setting.threads > 1, case .one = implementation.threading {
            return "'\(implementation.name)' of \(workloadName) runs on one thread"
        }
        return nil
    }
}

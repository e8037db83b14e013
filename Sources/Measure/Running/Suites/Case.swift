import Settings
import Workloads

/// The smallest thing to measure: a workload and how it is run. It has the properties of its setting too.
@dynamicMemberLookup
package struct Case: Sendable {
    /// `kernel` or `model`.
    package let kind: String
    package let workload: any Workload
    package let setting: Setting
    /// That of the setting.
    package let implementation: Implementation
    /// For people.
    package let label: String
    /// Every parameter by its word, and the shorthands that were written, as text: the axes of plots.
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

    /// The kernel's or model's name alone.
    package var workloadName: String { workload.schema.name }

    /// Why it cannot be measured, if that is known before anything runs; nil if it can.
    package var unsupported: String? {
        if let reason = implementation.unsupported { return reason }
        if setting.threads > 1, case .one = implementation.threading {
            return "'\(implementation.name)' of \(workloadName) runs on one thread"
        }
        return nil
    }
}

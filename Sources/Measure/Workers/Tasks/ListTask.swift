import Results
import Settings

/// Cases to resolve: those of a suite, as the worker finds it, and others by name.
package struct ListTask: Codable, Sendable {
    /// By name, in the `Suites` folder where the worker runs, or by path.
    package var suite: String?
    package var names: [String]
    /// Overrides the suite's number of threads.
    package var threads: Int?

    package init(suite: String? = nil, names: [String] = [], threads: Int? = nil) {
        self.suite = suite
        self.names = names
        self.threads = threads
    }
}

/// A worker's description of the requested cases.
package struct Listing: Codable, Sendable {
    /// The suite's title; empty if no suite was requested.
    package var title: String
    /// The suite's cases, in suite order.
    package var cases: [ListedCase]
    /// The cases requested by name, keyed by the requested name; unknown names are missing.
    package var named: [String: ListedCase]

    package init(title: String = "", cases: [ListedCase] = [], named: [String: ListedCase] = [:]) {
        self.title = title
        self.cases = cases
        self.named = named
    }
}

/// The description of a case before it runs. The properties of the setting are available on it too.
@dynamicMemberLookup
package struct ListedCase: Sendable, Hashable {
    /// The full name, as this program writes it.
    package var name: String
    package var label: String
    /// `kernel` or `model`.
    package var kind: String
    /// The name of the kernel or model alone.
    package var workload: String
    package var parameters: [String: String]
    package var setting: Setting
    /// Nil if they are unknown.
    package var costs: CountedCosts?
    /// Why it would not be measured; nil if it can be.
    package var unsupported: String?
    /// Bytes needed to measure it.
    package var bytes: Int

    package init(
        name: String, label: String, kind: String, workload: String, parameters: [String: String],
        setting: Setting, costs: CountedCosts?, unsupported: String? = nil, bytes: Int
    ) {
        self.name = name
        self.label = label
        self.kind = kind
        self.workload = workload
        self.parameters = parameters
        self.setting = setting
        self.costs = costs
        self.unsupported = unsupported
        self.bytes = bytes
    }

    package subscript<Part>(dynamicMember part: KeyPath<Setting, Part>) -> Part { setting[keyPath: part] }
}

extension ListedCase: Codable {
    private enum CodingKeys: CodingKey { case name, label, kind, workload, parameters, costs, unsupported, bytes }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        // The fields of the setting are on the same level as the others.
        self.init(
            name: try values.decode(String.self, forKey: .name), label: try values.decode(String.self, forKey: .label),
            kind: try values.decode(String.self, forKey: .kind),
            workload: try values.decode(String.self, forKey: .workload),
            parameters: try values.decode([String: String].self, forKey: .parameters),
            setting: try Setting(from: decoder), costs: try values.decodeIfPresent(CountedCosts.self, forKey: .costs),
            unsupported: try values.decodeIfPresent(String.self, forKey: .unsupported),
            bytes: try values.decode(Int.self, forKey: .bytes))
    }

    package func encode(to encoder: any Encoder) throws {
        try setting.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(name, forKey: .name)
        try values.encode(label, forKey: .label)
        try values.encode(kind, forKey: .kind)
        try values.encode(workload, forKey: .workload)
        try values.encode(parameters, forKey: .parameters)
        try values.encodeIfPresent(costs, forKey: .costs)
        try values.encodeIfPresent(unsupported, forKey: .unsupported)
        try values.encode(bytes, forKey: .bytes)
    }
}

import Results
import Settings

/// Cases to be resolved: those of a suite, as the worker finds it, and some by their names.
package struct ListTask: Codable, Sendable {
    /// By name, as in the `Suites` of the folder the worker runs in, or by path.
    package var suite: String?
    package var names: [String]
    /// This many threads instead of what the suite says.
    package var threads: Int?

    package init(suite: String? = nil, names: [String] = [], threads: Int? = nil) {
        self.suite = suite
        self.names = names
        self.threads = threads
    }
}

/// What a worker knows of the cases it was asked for.
package struct Listing: Codable, Sendable {
    /// The suite's title; empty where none was asked for.
    package var title: String
    /// The suite's cases, in its order.
    package var cases: [ListedCase]
    /// Those that were asked for by name, under the name as it was asked; names that it does not know are missing.
    package var named: [String: ListedCase]

    package init(title: String = "", cases: [ListedCase] = [], named: [String: ListedCase] = [:]) {
        self.title = title
        self.cases = cases
        self.named = named
    }
}

/// A case with what is known of it before anything runs. What is asked of its setting can be asked of it.
@dynamicMemberLookup
package struct ListedCase: Sendable, Hashable {
    /// Whole, as this program writes it.
    package var name: String
    package var label: String
    /// `kernel` or `model`.
    package var kind: String
    /// The kernel's or model's name alone.
    package var workload: String
    package var parameters: [String: String]
    package var setting: Setting
    /// Nil where they are not known.
    package var costs: CountedCosts?
    /// Why it would not be measured; nil where nothing stands in its way.
    package var unsupported: String?
    /// Bytes that measuring it takes.
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
        // The parts of the setting stand among the others.
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

import Results

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

/// A case with what is known of it before anything runs.
package struct ListedCase: Codable, Sendable, Hashable {
    /// Whole, as this program writes it.
    package var name: String
    package var label: String
    /// `kernel` or `model`.
    package var kind: String
    /// The kernel's or model's name alone.
    package var workload: String
    package var parameters: [String: String]
    package var implementation: String
    package var threads: Int
    /// Nil where they are not known.
    package var costs: CountedCosts?
    /// Why it would not be measured; nil where nothing stands in its way.
    package var unsupported: String?
    /// Bytes that measuring it takes.
    package var bytes: Int

    package init(
        name: String, label: String, kind: String, workload: String, parameters: [String: String],
        implementation: String, threads: Int, costs: CountedCosts?, unsupported: String? = nil, bytes: Int
    ) {
        self.name = name
        self.label = label
        self.kind = kind
        self.workload = workload
        self.parameters = parameters
        self.implementation = implementation
        self.threads = threads
        self.costs = costs
        self.unsupported = unsupported
        self.bytes = bytes
    }
}

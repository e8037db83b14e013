/// One parameter of a workload: its names and its allowed values.
package struct Parameter: Sendable {
    /// The values that a parameter takes.
    package enum Kind: Sendable, Hashable {
        /// A whole number in a range.
        case int(ClosedRange<Int>)
        /// A number in a range.
        case real(ClosedRange<Double>)
        /// Counts of 1 or more, one for each of several things: `64+32+32`.
        case counts
        case flag
        /// One word of a list.
        case choice([String])
        /// Any words of a list, or none.
        case choices([String])
        /// One word for each of some names, `conv1=openblas+fc=native`, or none.
        case assignments
        /// A height and a width: `3`, or `1x7`.
        case extent(ClosedRange<Int>)
        /// One word of a list, or the path of a file with this suffix.
        case file(choices: [String], suffix: String)
    }

    package enum Default: Sendable {
        case required
        case value(Value)
        /// Follows from the parameters before it; the text says how.
        case derived(String, @Sendable (Arguments) -> Value)
    }

    /// Its short name, in names of cases: `ci`.
    package let key: String
    /// Its long name, in suite files: `in`.
    package let word: String
    package let kind: Kind
    package let fallback: Default
    /// A short description for people.
    package let summary: String
    /// Whether names leave it out if it has its default.
    package private(set) var isExtra = false
    /// Keys that it had in earlier versions; they can still be read.
    package private(set) var formerKeys: [String] = []
    /// The values that the workload was made for; nil if any value may be meant.
    package private(set) var usual: ClosedRange<Double>?

    package init(
        _ key: String, as word: String? = nil, _ kind: Kind, _ fallback: Default = .required, _ summary: String
    ) {
        self.key = key
        self.word = word ?? key
        self.kind = kind
        self.fallback = fallback
        self.summary = summary
    }

    /// The same, left out of names if it has its default, so that names from before it was added do not change.
    package var asExtra: Parameter {
        var extra = self
        extra.isExtra = true
        return extra
    }

    /// The same, also read by a key that it had earlier.
    package func formerly(_ key: String) -> Parameter {
        var parameter = self
        parameter.formerKeys.append(key)
        return parameter
    }

    /// The same, with its usual values: others are measured too, after a warning.
    package func usually(_ values: ClosedRange<Double>) -> Parameter {
        var parameter = self
        parameter.usual = values
        return parameter
    }

    /// A count of 1 or more. The bound keeps every index within 32 bits.
    package static func count(_ key: String, as word: String? = nil, default value: Int? = nil, _ summary: String)
        -> Parameter
    {
        Parameter(key, as: word, .int(1...Int(Int32.max)), value.map { .value(.int($0)) } ?? .required, summary)
    }

    /// A height and a width of 1 or more each.
    package static func extent(_ key: String, as word: String? = nil, default value: Int? = nil, _ summary: String)
        -> Parameter
    {
        Parameter(
            key, as: word, .extent(1...Int(Int32.max)),
            value.map { .value(.extent(height: $0, width: $0)) } ?? .required, summary)
    }

    package static func flag(_ key: String, as word: String? = nil, _ summary: String) -> Parameter {
        Parameter(key, as: word, .flag, .value(.flag(false)), summary)
    }

    package static func choice(_ key: String, as word: String? = nil, _ words: [String], _ summary: String) -> Parameter
    {
        Parameter(key, as: word, .choice(words), .value(.word(words[0])), summary)
    }
}

/// A word in a suite that sets several parameters at once: `size` sets height and width.
package struct Shorthand: Sendable {
    package let word: String
    /// The keys that it sets. With `splits`, an extent such as `28x14` is split into one number per key.
    package let keys: [String]
    package let splits: Bool
    package let summary: String

    package init(_ word: String, sets keys: [String], splits: Bool = false, _ summary: String) {
        self.word = word
        self.keys = keys
        self.splits = splits
        self.summary = summary
    }
}

extension Parameter.Default: CustomStringConvertible {
    package var description: String {
        switch self {
        case .required: "required"
        case .value(let value): value.description
        case .derived(let text, _): text
        }
    }
}

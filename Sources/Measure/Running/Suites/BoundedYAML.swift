import Yams

/// Reads YAML after checking its expanded size. An alias stands for everything at its anchor, so a few hundred bytes of
/// nested aliases can be more nodes than fit into memory, and comparing keys visits every node.
enum BoundedYAML {
    /// The most values in a text with all aliases expanded.
    static let mostValues = 1_000_000
    /// The deepest nesting of lists and mappings with aliases expanded.
    static let deepest = 100

    /// The tree of a text with aliases expanded, and its number of values; nil if it is empty. Throws a `SuiteError` if
    /// the text is too large, and a `YamlError` if it is not YAML.
    static func compose(_ text: String, file: String) throws -> (node: Node, values: Int)? {
        try refuseKeysOfAnySize(in: text, file: file)
        // With every asterisk replaced by another character, no alias is expanded and all positions stay the same.
        let hasAliases = text.utf8.contains(UInt8(ascii: "*"))
        let scalars = text.unicodeScalars.lazy.map { $0 == "*" ? YAMLSize.alias : $0 }
        let parser = try Parser(
            yaml: hasAliases ? String(String.UnicodeScalarView(scalars)) : text, resolver: .basic)
        guard let root = try parser.singleRoot() else { return nil }
        var size = YAMLSize(file: file)
        // Nodes know their anchors only while the parser lives.
        let values = try withExtendedLifetime(parser) { try size.measure(root).values }
        guard hasAliases else { return (root, values) }
        return try Parser(yaml: text, resolver: .basic).singleRoot().map { ($0, values) }
    }

    /// A key after a question mark may be a list of any size, and whole keys are compared. Other keys have at most 1024
    /// characters on one line. No suite needs question marks.
    private static func refuseKeysOfAnySize(in text: String, file: String) throws(SuiteError) {
        var (line, column) = (1, 0)
        // Whether only blanks separate this place from where a key may begin, or from the end of a list or mapping.
        var (mayBegin, hasEnded, ended) = (true, false, 0)
        let scalars = text.unicodeScalars
        for index in scalars.indices {
            column += 1
            if scalars[index] == ":", hasEnded {
                ended += 1
                guard ended <= mostBracketKeys else {
                    throw SuiteError(
                        "more than \(mostBracketKeys) brackets followed by a colon, as if lists were keys",
                        at: Place(file: file, line: line, column: column), remedy: "write plain words as keys")
                }
            }
            if !" \t".unicodeScalars.contains(scalars[index]) {
                hasEnded = "]}".unicodeScalars.contains(scalars[index])
            }
            switch scalars[index] {
            case "\n", "\u{85}", "\u{2028}", "\u{2029}": (line, column, mayBegin) = (line + 1, 0, true)
            case "\r", "-", ":", "[", "{", ",": mayBegin = true
            case " ", "\t", "\u{FEFF}": break
            case "?" where mayBegin:
                let next = scalars.index(after: index)
                // Otherwise the question mark begins a word.
                guard next < scalars.endIndex, !beginnings.contains(scalars[next]) else {
                    throw SuiteError(
                        "a '?' begins a key of unlimited size", at: Place(file: file, line: line, column: column),
                        remedy: "write plain words as keys: 'KEY: VALUE'")
                }
            default: mayBegin = false
            }
        }
    }

    /// Nested lists as keys are compared level by level. Some are allowed: a label may contain a brace and a colon.
    private static let mostBracketKeys = 1000

    /// The characters that may follow the question mark of a key.
    private static let beginnings = Set(" \t\r\n\u{85}\u{2028}\u{2029}[{&*!".unicodeScalars)
}

/// Counts the expanded size of a tree in which aliases are still words.
private struct YAMLSize {
    /// Replaces an asterisk.
    static let alias: Unicode.Scalar = "\u{E000}"

    struct Size {
        var values = 1
        var depth = 1
    }

    let file: String
    private var anchored: [String: Size] = [:]

    init(file: String) { self.file = file }

    mutating func measure(_ node: Node) throws(SuiteError) -> Size {
        var size = Size()
        switch node {
        case .scalar(let scalar):
            if scalar.style == .plain, scalar.string.unicodeScalars.first == Self.alias {
                // An unknown alias is reported as an error elsewhere.
                size = anchored[String(scalar.string.unicodeScalars.dropFirst())] ?? size
            }
        case .sequence(let items):
            for item in items { try add(item, to: &size) }
        case .mapping(let pairs):
            for (key, value) in pairs {
                let field = Field(node: key, file: file, title: "a key")
                guard try measure(key).values == 1 else {
                    throw field.error("a key is a list or a mapping", remedy: "write a plain word as the key")
                }
                size.values += 1
                try add(value, to: &size)
            }
        case .alias: break
        }
        if let anchor = node.anchor { anchored[anchor.rawValue] = size }
        return size
    }

    /// Adds an item of a list, or the value of a key.
    private mutating func add(_ item: Node, to size: inout Size) throws(SuiteError) {
        let inner = try measure(item)
        size.values += inner.values
        size.depth = max(size.depth, inner.depth + 1)
        let field = Field(node: item, file: file, title: "a value")
        guard size.values <= BoundedYAML.mostValues else {
            throw field.error(
                "the aliases up to here expand to more than \(BoundedYAML.mostValues) values",
                remedy: "use fewer of them")
        }
        guard size.depth <= BoundedYAML.deepest else {
            throw field.error(
                "more than \(BoundedYAML.deepest) nested lists and mappings", remedy: "nest less deeply")
        }
    }
}

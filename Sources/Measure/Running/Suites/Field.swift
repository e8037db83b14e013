import Workloads
import Yams

/// A YAML node with its place. Each method returns the requested type, or throws what is there instead.
struct Field {
    let node: Node
    let file: String
    /// The name used in messages: "the label", "a case".
    let title: String

    /// Where the node begins.
    var place: Place { Place(file: file, line: node.mark?.line, column: node.mark?.column) }

    func error(_ message: String, remedy: String) -> SuiteError { SuiteError(message, at: place, remedy: remedy) }

    /// The most bytes of one value. Labels and parameters are stored with every case of a sweep.
    private static let longest = 4096

    /// The text of a scalar.
    func text() throws(SuiteError) -> String {
        guard let scalar = node.scalar else { throw wrongType(expected: "a single value") }
        guard !scalar.string.isEmpty else {
            throw error("\(title) is empty", remedy: "give it a value, or leave the key out")
        }
        guard scalar.string.utf8.count <= Self.longest else {
            throw error("\(title) is longer than \(Self.longest) bytes", remedy: "make it shorter")
        }
        return scalar.string
    }

    /// A whole number from 1 to `most`.
    func count(upTo most: Int = .max) throws(SuiteError) -> Int {
        let text = try text()
        guard let number = Int(text), (1...most).contains(number) else {
            let bound = most == .max ? "of at least 1" : "from 1 to \(most)"
            throw error("\(title) is '\(text)'", remedy: "write a whole number \(bound)")
        }
        return number
    }

    /// The items of a list.
    func list() throws(SuiteError) -> [Field] {
        guard let sequence = node.sequence else { throw wrongType(expected: "a list") }
        guard !sequence.isEmpty else {
            throw error("\(title) is empty", remedy: "list at least one, or leave the key out")
        }
        return sequence.map { Field(node: $0, file: file, title: "an item of \(title)") }
    }

    /// The items of a list; a single value counts as a list of one.
    func oneOrMore() throws(SuiteError) -> [Field] { node.scalar == nil ? try list() : [self] }

    /// The entries of a mapping, in order, with keys as written.
    func entries() throws(SuiteError) -> [(key: Field, value: Field)] {
        guard let mapping = node.mapping else { throw wrongType(expected: "a mapping of keys to values") }
        var entries: [(key: Field, value: Field)] = []
        for (key, value) in mapping {
            let key = Field(node: key, file: file, title: "a key of \(title)")
            entries.append((key, Field(node: value, file: file, title: "'\(try key.text())'")))
        }
        return entries
    }

    /// The entries of a mapping that may only have these keys.
    func fields(_ allowed: [String]) throws(SuiteError) -> [String: Field] {
        var fields: [String: Field] = [:]
        for (key, value) in try entries() {
            let name = try key.text()
            guard allowed.contains(name) else {
                throw key.error("\(title) has no key '\(name)'", remedy: Spelling.suggestion(for: name, among: allowed))
            }
            guard fields.updateValue(value, forKey: name) == nil else {
                throw key.error("'\(name)' appears twice in \(title)", remedy: "keep one")
            }
        }
        return fields
    }

    private func wrongType(expected: String) -> SuiteError {
        let found =
            switch node {
            case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "'\(scalar.string.prefix(60))'"
            case .mapping: "a mapping"
            case .sequence: "a list"
            case .alias: "an alias"
            }
        return error("\(title) should be \(expected), but is \(found)", remedy: "write \(expected)")
    }
}

import OrderedCollections
import Settings

/// The name and the parameters of a workload: the only place that defines its words.
///
///     static let schema = Schema(
///         "identity", "a copy: dropout at inference", [.count("elements", "elements of the input")],
///         example: "elements=100")
///
/// Now `identity[elements=100]` names a case, `{ kernel: identity, with: { elements: 100 } }` is one in a suite, and
/// `assay list kernels identity` explains both.
package struct Schema: Sendable {
    package let name: String
    /// A one-line summary for `assay list`.
    package let summary: String
    package let parameters: [Parameter]
    package let shorthands: [Shorthand]
    /// A small shape that every implementation computes, as in the brackets of a case's name: for help and tests.
    package let example: String
    /// The element types that it computes.
    package let elements: [ElementType]

    package init(
        _ name: String, _ summary: String, _ parameters: [Parameter], shorthands: [Shorthand] = [], example: String,
        elements: [ElementType] = [.f32]
    ) {
        self.elements = elements
        self.example = example
        self.name = name
        self.summary = summary
        self.parameters = parameters
        self.shorthands = shorthands
    }

    /// A word and a value as a user wrote them.
    package struct Given: Hashable, Sendable {
        package let word: String
        package let text: String

        package init(_ word: String, _ text: String) {
            self.word = word
            self.text = text
        }
    }

    /// Every word that may be written.
    package var words: [String] { parameters.map(\.word) + shorthands.map(\.word) }

    /// The parameter with this key or word, or else the one that had this key earlier.
    package func parameter(_ name: String) -> Parameter? {
        parameters.first { $0.key == name || $0.word == name } ?? parameters.first { $0.formerKeys.contains(name) }
    }

    /// What is unusual in arguments, one sentence each: a value far outside the usual range is more often a mistake
    /// than intended.
    package func doubts(_ arguments: Arguments) -> [String] {
        parameters.compactMap { parameter in
            guard let usual = parameter.usual, let value = arguments[parameter.key], let number = value.number,
                !usual.contains(number)
            else { return nil }
            return "\(name) was not made for \(parameter.word)=\(value) (\(parameter.summary)): "
                + "\(Self.text(usual.lowerBound)) to \(Self.text(usual.upperBound)) is usual"
        }
    }

    private static func text(_ bound: Double) -> String {
        Int(exactly: bound).map(String.init) ?? String(bound)
    }

    /// Reads what was written, by key or word, and fills in defaults. An error names the wrong word.
    package func arguments(from given: [Given]) throws(ShapeError) -> Arguments {
        var read: [String: Value] = [:]
        for item in given {
            for (parameter, text) in try assignments(of: item) {
                let value: Value
                do {
                    value = try parameter.kind.parse(text)
                } catch {
                    throw ShapeError("\(item.word): \(error.message)", parameter: item.word, remedy: error.remedy)
                }
                guard read.updateValue(value, forKey: parameter.key) == nil else {
                    throw ShapeError(
                        "'\(item.word)' sets '\(parameter.word)' a second time", parameter: item.word,
                        remedy: "say it once")
                }
            }
        }
        var arguments = Arguments()
        var missing: [String] = []
        for parameter in parameters {
            switch (read[parameter.key], parameter.fallback) {
            case (let value?, _): arguments[parameter.key] = value
            case (nil, .value(let value)): arguments[parameter.key] = value
            case (nil, .derived(_, let derive)):
                // A parameter that it depends on may be missing. Then the error names that one only.
                if missing.isEmpty { arguments[parameter.key] = derive(arguments) }
            case (nil, .required): missing.append(parameter.word)
            }
        }
        guard missing.isEmpty else {
            let list = missing.map { "'\($0)'" }.joined(separator: ", ")
            throw ShapeError(
                "\(name) needs \(list)",
                remedy: "say what \(missing.count == 1 ? "it is" : "they are"), for example \(name)[\(example)]")
        }
        for case (let parameter, .value(let value)) in parameters.map({ ($0, $0.fallback) })
        where parameter.isExtra && arguments[parameter.key] == value {
            arguments.leaveOut(parameter.key)
        }
        return arguments
    }

    /// The arguments without those that have their default.
    func brief(_ arguments: Arguments) -> Arguments {
        var brief = Arguments()
        for (key, value) in arguments.pairs {
            switch parameter(key)?.fallback {
            case .value(value): continue
            case .derived(_, let derive) where derive(arguments) == value: continue
            default: brief[key] = value
            }
        }
        return brief
    }

    private func assignments(of given: Given) throws(ShapeError) -> [(Parameter, String)] {
        if let parameter = parameter(given.word) { return [(parameter, given.text)] }
        guard let shorthand = shorthands.first(where: { $0.word == given.word }) else {
            throw ShapeError(
                "\(name) has no parameter '\(given.word)'", parameter: given.word,
                remedy: Spelling.suggestion(for: given.word, among: words))
        }
        var texts = [given.text]
        if shorthand.splits {
            texts = given.text.split(separator: "x", omittingEmptySubsequences: false).map(String.init)
        }
        guard texts.count == 1 || texts.count == shorthand.keys.count else {
            throw ShapeError(
                "\(given.word): '\(given.text)' is not a number, nor \(shorthand.keys.count) with 'x' between",
                parameter: given.word, remedy: "write for example 28, or 28x14")
        }
        return shorthand.keys.enumerated().compactMap { index, key in
            parameter(key).map { ($0, texts[texts.count == 1 ? 0 : index]) }
        }
    }
}

import OrderedCollections
import Settings

/// A value for every parameter of a schema, in its order.
package struct Arguments: Sendable, Hashable {
    private var values: OrderedDictionary<String, Value>
    /// The type of the input elements. It is no parameter: in names it comes after the shape.
    package var element = ElementType.f32
    /// Keys that the description leaves out.
    private var unwritten: Set<String> = []

    package init(_ values: OrderedDictionary<String, Value> = [:]) { self.values = values }

    /// The keys and values, in the schema's order.
    package var pairs: [(key: String, value: Value)] { values.map { ($0.key, $0.value) } }

    package subscript(key: String) -> Value? {
        get { values[key] }
        set { values[key] = newValue }
    }

    /// Leaves a key out of the description.
    package mutating func leaveOut(_ key: String) { unwritten.insert(key) }

    // A workload asks for the parameters of its own schema: a wrong key or type is a mistake in that workload.

    package func int(_ key: String) -> Int {
        guard case .int(let number) = values[key] else { preconditionFailure("no whole number '\(key)'") }
        return number
    }

    package func real(_ key: String) -> Double {
        guard case .real(let number) = values[key] else { preconditionFailure("no number '\(key)'") }
        return number
    }

    package func counts(_ key: String) -> [Int] {
        guard case .counts(let numbers) = values[key] else { preconditionFailure("no counts '\(key)'") }
        return numbers
    }

    package func flag(_ key: String) -> Bool {
        guard case .flag(let flag) = values[key] else { preconditionFailure("no flag '\(key)'") }
        return flag
    }

    package func word(_ key: String) -> String {
        guard case .word(let word) = values[key] else { preconditionFailure("no word '\(key)'") }
        return word
    }

    package func words(_ key: String) -> [String] {
        guard case .words(let words) = values[key] else { preconditionFailure("no words '\(key)'") }
        return words
    }

    package func extent(_ key: String) -> (height: Int, width: Int) {
        guard case .extent(let height, let width) = values[key] else { preconditionFailure("no extent '\(key)'") }
        return (height, width)
    }
}

extension Arguments: CustomStringConvertible {
    /// `m=64,k=64`; a value that would be misread is quoted.
    package var description: String {
        values.filter { !unwritten.contains($0.key) }
            .map { "\($0.key)=\(Self.quoted($0.value.description))" }.joined(separator: ",")
    }

    private static func quoted(_ text: String) -> String {
        let plain = text.allSatisfy { ($0.isLetter || $0.isNumber || "._-+/".contains($0)) } && !text.isEmpty
        guard !plain else { return text }
        // Scalar by scalar: a quote with an accent is another character, but still a quote to a reader of bytes.
        return "\"" + text.unicodeScalars.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined() + "\""
    }
}

/// A JSON value. Unknown values are nil, and left out of their object.
package enum JSONValue: Sendable, Hashable {
    case bool(Bool)
    case int(Int)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// Nil, and therefore left out, if the number is not finite: JSON has no such number.
    package init?(_ number: Double?) {
        guard let number, number.isFinite else { return nil }
        self = .number(number)
    }

    package init?(_ number: Int?) {
        guard let number else { return nil }
        self = .int(number)
    }

    package init?(_ text: String?) {
        guard let text else { return nil }
        self = .string(text)
    }

    /// An object of the known members.
    package static func object(known members: [String: JSONValue?]) -> JSONValue {
        .object(members.compactMapValues { $0 })
    }

    package static func strings(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }

    /// A text as the number or Boolean that it spells: `8`, `0.35`, `true`; otherwise as text.
    package static func typed(_ text: String) -> JSONValue {
        if text == "true" || text == "false" { return .bool(text == "true") }
        if let int = Int(text), String(int) == text { return .int(int) }
        return JSONValue(text.decimal) ?? .string(text)
    }
}

extension JSONValue: Encodable {
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .bool(let value): try container.encode(value)
        case .int(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let values): try container.encode(values)
        case .object(let members): try container.encode(members)
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByDictionaryLiteral {
    package init(stringLiteral value: String) { self = .string(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(dictionaryLiteral members: (String, JSONValue?)...) {
        self = .object(
            Dictionary(members.compactMap { name, value in value.map { (name, $0) } }) { first, _ in first })
    }
}

/// A JSON field that is named after a counter.
package struct CounterField: CodingKey {
    package let stringValue: String
    package let intValue: Int? = nil

    package init(stringValue: String) { self.stringValue = stringValue }
    package init?(intValue: Int) { nil }

    /// The values of all counters among other fields, including counters that this version does not know.
    package static func all<Value: Decodable, Key: CodingKey & CaseIterable>(
        _: Value.Type, in decoder: any Decoder, beside others: Key.Type
    ) throws -> [String: Value] {
        let fields = try decoder.container(keyedBy: Self.self)
        let others = Set(others.allCases.map(\.stringValue))
        var values: [String: Value] = [:]
        for field in fields.allKeys where !others.contains(field.stringValue) {
            let name = field.stringValue
            if CounterCatalog.counter(named: name) != nil {
                values[name] = try fields.decodeIfPresent(Value.self, forKey: field)
            } else {
                // An unknown field of a later version need not be a counter.
                values[name] = try? fields.decode(Value.self, forKey: field)
            }
        }
        return values
    }

    package static func encode(_ values: [String: some Encodable], to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Self.self)
        for (name, value) in values { try fields.encode(value, forKey: Self(stringValue: name)) }
    }
}

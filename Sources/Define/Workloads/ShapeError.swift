/// What is wrong with a shape, and what to do about it. A caller that knows where the shape was written adds the place.
package struct ShapeError: Error, Hashable {
    /// The key of the parameter to point at, if there is one.
    package let parameter: String?
    /// Used instead of a key if the element type is wrong.
    package static let element = "element"
    package let message: String
    package let remedy: String

    package init(_ message: String, parameter: String? = nil, remedy: String) {
        self.parameter = parameter
        self.message = message
        self.remedy = remedy
    }
}

extension ShapeError: CustomStringConvertible {
    package var description: String { "\(message); \(remedy)" }
}

/// The checked product of counts: a shape whose operations cannot be counted is an error, never a wrong number.
package func product(_ factors: Int...) throws(ShapeError) -> Int {
    var result = 1
    for factor in factors {
        let (next, overflow) = result.multipliedReportingOverflow(by: factor)
        // At most an eighth of the range, which leaves room for sums over operands and for two FLOPs per MAC.
        guard !overflow, next.magnitude <= Int.max / 8 else {
            let text = factors.map(String.init).joined(separator: " x ")
            throw ShapeError("\(text) overflows a count", remedy: "make the shape smaller")
        }
        result = next
    }
    return result
}

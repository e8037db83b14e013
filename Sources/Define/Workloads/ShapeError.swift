/// What is wrong with a shape, and what to do about it. Whoever knows where the shape was written adds the place.
package struct ShapeError: Error, Hashable {
    /// The key of the parameter to point at, where there is one.
    package let parameter: String?
    /// In the place of a key: the type of the elements is at fault.
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

/// The product of counts, checked: a shape whose operations cannot be counted is an error, never a wrong figure.
package func product(_ factors: Int...) throws(ShapeError) -> Int {
    var result = 1
    for factor in factors {
        let (next, overflow) = result.multipliedReportingOverflow(by: factor)
        // An eighth of the range is left for sums over operands and for two FLOPs a MAC.
        guard !overflow, next.magnitude <= Int.max / 8 else {
            let text = factors.map(String.init).joined(separator: " x ")
            throw ShapeError("\(text) overflows a count", remedy: "make the shape smaller")
        }
        result = next
    }
    return result
}

import Tensors

/// The element of an answer that is furthest from the reference, relative to its tolerance.
package struct Deviation: Sendable {
    /// The output's name, and the index of the element in it.
    package let output: String
    package let index: Int
    package let answer: Double
    package let reference: Double
    /// See `Tolerance`: relative to the scale of the element's sum.
    package let error: Double
    package let tolerance: Double
    /// The number of terms behind the element.
    package let reductionLength: Int

    /// Whether the answer is right.
    package var isTolerable: Bool { error <= tolerance }

    /// The error divided by the tolerance.
    package var share: Double { error > 0 ? error / tolerance : 0 }
}

extension Deviation: CustomStringConvertible {
    /// `y[3] is 2.0, the reference 1.0: error 1.0, tolerance 2.1e-06`
    package var description: String {
        "\(output)[\(index)] is \(Self.text(answer)), the reference \(Self.text(reference)): error \(error), "
            + "tolerance \(tolerance)"
    }

    /// With no more digits than a `Float` has, if the number is one.
    private static func text(_ number: Double) -> String {
        let float = Float(number)
        return Double(float) == number || number.isNaN ? "\(float)" : "\(number)"
    }
}

extension Workload {
    /// Compares all outputs with the reference's, each element with the tolerance of its own sum.
    ///
    /// - Parameters:
    ///   - answer: inputs, weights, and the outputs of an implementation.
    ///   - expected: the same inputs and weights, and the outputs of the reference.
    ///   - errorGrowth: `Implementation.errorGrowth`.
    /// - Returns: the element that uses most of its tolerance; the first element if none is off, nil if there are no
    ///   elements.
    package func deviation(of answer: Operands, from expected: Operands, errorGrowth: Double = 1) -> Deviation? {
        var worst: Deviation?
        for output in operands where output.role.isWritten {
            let (y, r) = (answer[output.name], expected[output.name])
            precondition(y.count == r.count)
            var next = 0
            for part in sums(behind: output, in: expected) where part.elements > 0 {
                let range = next..<(next + part.elements)
                next = range.upperBound
                let (error, index) = Tolerance.error(of: y, against: r, range, scale: part.scale)
                let tolerance = Tolerance(
                    reductionLength: part.length, errorGrowth: errorGrowth * part.growth, element: output.element
                ).bound
                let found = Deviation(
                    output: output.name, index: index, answer: y[index], reference: r[index],
                    error: error, tolerance: tolerance, reductionLength: part.length)
                if worst.map({ found.share > $0.share }) ?? true { worst = found }
            }
            precondition(next == r.count, "the sums of \(name) are not those of all elements of '\(output.name)'")
        }
        return worst
    }
}

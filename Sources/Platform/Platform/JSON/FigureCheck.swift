/// A value read from a file that may hold impossible figures.
package protocol Checked {
    func check(_ figures: inout FigureCheck)
}

extension Checked {
    /// The first impossible figure and its field, in words; nil if there is none.
    package var inconsistency: String? {
        var figures = FigureCheck()
        check(&figures)
        return figures.fault
    }
}

/// Checks the figures of a decoded value, and keeps the first impossible one with its field: `record.costs.macs is -1,
/// but must be from 0 to 1152921504606846975`. Values that pass are safe to compute with: the sum of a few counts does
/// not overflow.
package struct FigureCheck {
    /// What is wrong; nil if nothing is.
    package private(set) var fault: String?
    /// The field that is being checked: `record.costs`.
    private var place = ""

    /// The largest count: FLOPs are two per MAC, and bytes are added up over inputs, outputs and weights.
    package static let mostCount = Int.max / 8
    /// More threads or processors than any machine has.
    package static let mostThreads = 1 << 20

    init() {}

    /// Requires a condition of a field. `problem` follows the field's name to make a sentence.
    package mutating func require(_ holds: Bool, _ field: String, _ problem: @autoclosure () -> String) {
        guard fault == nil, !holds else { return }
        fault = "\(path(field)) \(problem())"
    }

    /// Checks a field that has fields of its own.
    package mutating func inside(_ field: String, _ value: (some Checked)?) {
        guard fault == nil, let value else { return }
        let outer = place
        place = path(field)
        value.check(&self)
        place = outer
    }

    /// Checks a whole number.
    package mutating func count(_ value: Int?, _ field: String, in range: ClosedRange<Int> = 0...FigureCheck.mostCount)
    {
        guard let value else { return }
        require(
            range.contains(value), field, "is \(value), but must be from \(range.lowerBound) to \(range.upperBound)")
    }

    /// Checks a column of whole numbers, none below 0.
    package mutating func counts(_ values: [Double], _ field: String) {
        guard let index = values.firstIndex(where: { !(0...0x1p53).contains($0) || $0 != $0.rounded() }) else { return }
        require(false, "\(field)[\(index)]", "is \(values[index]), but must be a whole number of at least 0")
    }

    /// Checks a finite number that is not below 0: a time, a rate, a share.
    package mutating func amount(_ value: Double?, _ field: String) {
        guard let value else { return }
        require(value.isFinite && value >= 0, field, "is \(value), but must be a finite number of at least 0")
    }

    /// Checks a column of such numbers.
    package mutating func amounts(_ values: [Double], _ field: String) {
        guard let index = values.firstIndex(where: { !($0.isFinite && $0 >= 0) }) else { return }
        amount(values[index], "\(field)[\(index)]")
    }

    private func path(_ field: String) -> String { place.isEmpty ? field : "\(place).\(field)" }
}

import Workloads

/// A box of an image, in pixels: left, top, right, bottom.
struct Box: Sendable, Hashable {
    var left: Float
    var top: Float
    var right: Float
    var bottom: Float

    /// Whether the intersection of two boxes is more than `threshold` times their union. Computed in `Double`, so that
    /// every caller gets the same answer.
    func overlaps(_ other: Box, beyond threshold: Double) -> Bool {
        let width = Double(min(right, other.right)) - Double(max(left, other.left))
        let height = Double(min(bottom, other.bottom)) - Double(max(top, other.top))
        let shared = max(width, 0) * max(height, 0)
        return shared > threshold * (area + other.area - shared)
    }

    private var area: Double { (Double(right) - Double(left)) * (Double(bottom) - Double(top)) }
}

/// A row of candidates or detections has six elements: a box, the score, and the number of the class. A score that is
/// not more than 0 marks an empty row.
enum DetectionRow {
    static let elements = 6

    static func box(_ row: UnsafePointer<Float>) -> Box {
        Box(left: row[0], top: row[1], right: row[2], bottom: row[3])
    }

    static func write(_ box: Box, score: Float, label: Int, to row: UnsafeMutablePointer<Float>) {
        (row[0], row[1], row[2], row[3]) = (box.left, box.top, box.right, box.bottom)
        (row[4], row[5]) = (score, Float(label))
    }
}

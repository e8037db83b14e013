import Foundation
import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// Candidates from the outputs of RetinaNet's heads: per level of the pyramid, the best scores above a threshold, each
/// with the box that its anchor becomes.
///
/// As in torchvision: the score is the sigmoid of a logit. A box is moved by (dx, dy) times the anchor's size,
/// stretched by (e^dw, e^dh), each at most 1000 / 16, and cut to the image. A row of y is left, top, right, bottom,
/// score and class, the best of a level first; unused rows of a level are 0. Candidates are ranked by their logits, and
/// equal ones by their number.
package struct BoxDecode: Kernel {
    package static let schema = Schema(
        "box_decode", "candidates of RetinaNet: the best scores of each level, and their boxes",
        [
            .count("n", as: "batch", default: 1, "images"),
            .count("h", as: "height", "height of the image"),
            .count("w", as: "width", "width of the image"),
            .count("classes", default: 91, "classes that an anchor is scored for"),
            .count("top", default: 1000, "candidates of a level, at most"),
            Parameter("threshold", .real(0...1), .value(.real(0.05)), "what a score must exceed"),
        ], shorthands: [Shorthand("size", sets: ["h", "w"], splits: true, "height and width of the image")],
        example: "h=64,w=48,classes=5,top=10")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    private let images: Int
    private let classes: Int
    private let height: Float
    private let width: Float
    private let anchors: AnchorPyramid
    /// Rows for the candidates of each level.
    private let slots: [Int]
    /// The logit of the threshold.
    private let least: Float

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        images = arguments.int("n")
        classes = arguments.int("classes")
        (height, width) = (Float(arguments.int("h")), Float(arguments.int("w")))
        anchors = try AnchorPyramid(height: arguments.int("h"), width: arguments.int("w"))
        let threshold = arguments.real("threshold")
        least = Float(log(threshold / (1 - threshold)))
        guard try product(anchors.count, classes) <= Int(UInt32.max) else {
            throw ShapeError(
                "\(anchors.count) anchors with \(classes) classes are more than 32 bits count", parameter: "classes",
                remedy: "use fewer, or a smaller image")
        }
        slots = anchors.levels.map { [classes] in min(arguments.int("top"), $0.count * classes) }
        let rows = slots.reduce(0, +)
        operands = [
            try Operand("logits", .input, [images, anchors.count, classes], layout: "NAK"),
            try .input(
                "regression", [images, anchors.count, 4], layout: "NAK",
                // Moves, and stretches up to the limit.
                values: .stretches(of: 2, number: 2, [Spread(reach: 1), Spread(around: 1.5, reach: 3)])),
            try .output("y", [images, rows, DetectionRow.elements], layout: "NAK"),
        ]
        elementOperations = [
            ElementOperations("compare", try product(images, anchors.count, classes)),
            ElementOperations("exp", try product(3, images, rows)),
        ]
    }

    /// Edges are sums of numbers as large as the largest anchor. Scores and classes are not sums. Rows without a score
    /// have no terms.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        let boxes = anchors.levels.flatMap(\.cells)
        let largest = boxes.reduce(0) { max($0, Double(max($1.right - $1.left, $1.bottom - $1.top))) }
        return (0..<output.shape.count / DetectionRow.elements).flatMap { row in
            let length = tensors["y"].floats[row * DetectionRow.elements + 4] > 0 ? 1 : 0
            return [
                Sums(elements: 4, length: length, scale: largest), Sums(elements: 1, length: length),
                Sums(elements: 1, length: length),
            ]
        }
    }

    /// Logits from -6 to 2, one in a few hundred above the usual threshold: 8 u^256 - 6.
    package func fill(_ tensors: Operands, seed: UInt64) {
        fillByName(tensors, seed: seed)
        let draws = Draws("logits", seed: seed)
        tensors["logits"].fill { place in
            var power = draws.unit(place)
            for _ in 0..<8 { power *= power }
            return 8 * power - 6
        }
    }

    package var implementations: [Implementation] {
        let pieces = images * slots.count
        var workspace = Workspace()
        let keys = workspace.shared(2 * (slots.max() ?? 0), parts: pieces)
        return [
            Implementation(
                "native", "a heap of the best of each level, behind a vector's look at 64 logits", threading: .any,
                workspace: workspace
            ) { tensors, setting, memory in
                PreparedCall(on: try ThreadPool.shared(setting.threads)) { share in
                    for piece in share.range(of: pieces) {
                        let (image, level) = piece.quotientAndRemainder(dividingBy: slots.count)
                        var best = Ranking(in: memory[keys, piece], capacity: slots[level])
                        rank(logits(tensors, image, level), level, &best)
                        write(tensors, image, level, best)
                    }
                }
            }
        ]
    }

    private func logits(_ tensors: Operands, _ image: Int, _ level: Int) -> UnsafePointer<Float> {
        UnsafePointer(tensors["logits"].floats + (image * anchors.count + anchors.levels[level].first) * classes)
    }

    /// The first output row of a level.
    private func rows(_ tensors: Operands, _ image: Int, _ level: Int) -> UnsafeMutablePointer<Float> {
        let before = image * slots.reduce(0, +) + slots[..<level].reduce(0, +)
        return tensors["y"].floats + before * DetectionRow.elements
    }

    private func rank(_ logits: UnsafePointer<Float>, _ level: Int, _ best: inout Ranking) {
        let (count, block) = (anchors.levels[level].count * classes, 64)
        for first in stride(from: 0, to: count, by: block) {
            let end = min(count, first + block)
            guard Lanes.maximum(logits + first, count: end - first) > least else { continue }
            for place in first..<(end - slip(.boxLast)) where logits[place] > least {
                best.offer(logits[place], index: place)
            }
        }
        best.sort()
    }

    private func write(_ tensors: Operands, _ image: Int, _ level: Int, _ best: Ranking) {
        let (logits, target) = (logits(tensors, image, level), rows(tensors, image, level))
        let from = tensors["regression"].floats + (image * anchors.count + anchors.levels[level].first) * 4
        for rank in 0..<best.count {
            let (anchor, label) = best[rank].quotientAndRemainder(dividingBy: classes)
            let (box, shift) = (anchors.levels[level][anchor], from + 4 * anchor)
            let (wide, high) = (box.right - box.left, box.bottom - box.top)
            let (x, y) = (
                box.left + wide / 2 + shift[0] * wide,
                box.top + high / 2 + shift[1] * (planted(.boxShift) ? wide : high)
            )
            let (right, down) = (
                exponential(Self.stretch(shift[2])) * wide / 2, exponential(Self.stretch(shift[3])) * high / 2
            )
            DetectionRow.write(
                Box(
                    left: Self.cut(x - right, at: width), top: Self.cut(y - down, at: height),
                    right: planted(.boxCut) ? x + right : Self.cut(x + right, at: width),
                    bottom: Self.cut(y + down, at: height)),
                score: (planted(.boxScore) ? 1.0001 : 1) / (1 + exponential(-logits[best[rank]])), label: label,
                to: target + rank * DetectionRow.elements)
        }
        let unused = (slots[level] - best.count) * DetectionRow.elements
        (target + best.count * DetectionRow.elements).update(repeating: 0, count: unused)
    }

    /// At most ln(1000 / 16); NaN stays NaN.
    private static func stretch<T: BinaryFloatingPoint>(_ shift: T) -> T {
        shift > 4.135166556742356 ? 4.135166556742356 : shift
    }

    /// Clamped to the image; NaN stays NaN.
    private static func cut<T: BinaryFloatingPoint>(_ place: T, at limit: T) -> T {
        place < 0 ? 0 : place > limit ? limit : place
    }

    package func reference(_ tensors: Operands) {
        for image in 0..<images {
            for (number, level) in anchors.levels.enumerated() {
                let logits = logits(tensors, image, number)
                let above = (0..<level.count * classes).filter { logits[$0] > least }
                let ranked = above.sorted {
                    logits[$0] == logits[$1] ? $0 < $1 : logits[$0] > logits[$1]
                }
                var row = rows(tensors, image, number)
                for slot in 0..<slots[number] {
                    let values = slot < ranked.count ? candidate(tensors, image, level, logits, ranked[slot]) : []
                    for i in 0..<DetectionRow.elements { row[i] = values.isEmpty ? 0 : Float(values[i]) }
                    row += DetectionRow.elements
                }
            }
        }
    }

    private func candidate(
        _ tensors: Operands, _ image: Int, _ level: AnchorPyramid.Level, _ logits: UnsafePointer<Float>, _ place: Int
    ) -> [Double] {
        let anchor = level[place / classes]
        let start = (image * anchors.count + level.first + place / classes) * 4
        let shift = (0..<4).map { Double(tensors["regression"].floats[start + $0]) }
        let size = [Double(anchor.right - anchor.left), Double(anchor.bottom - anchor.top)]
        let middle = [Double(anchor.left) + size[0] / 2, Double(anchor.top) + size[1] / 2]
        let limits = [Double(width), Double(height)]
        func edge(_ axis: Int, _ side: Double) -> Double {
            let moved = middle[axis] + shift[axis] * size[axis]
            return Self.cut(moved + side * exp(Self.stretch(shift[axis + 2])) * size[axis] / 2, at: limits[axis])
        }
        let score = 1 / (1 + exp(-Double(logits[place])))
        return [edge(0, -1), edge(1, -1), edge(0, 1), edge(1, 1), score, Double(place % classes)]
    }
}

import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// Non-maximum suppression per class: the best candidates, without those that overlap a better one of their class by
/// more than a threshold. Overlap is intersection over union.
///
/// A row of x and y is left, top, right, bottom, score and class. Rows of x come in any order; those without a score
/// above 0 are ignored. Rows of y are sorted, the best first, and 0 beyond the last. Of equal scores, the earlier row
/// of x is better.
package struct NonMaximumSuppression: Kernel {
    package static let schema = Schema(
        "nms", "non-maximum suppression of scored boxes, class by class",
        [
            .count("n", as: "batch", default: 1, "images"),
            .count("boxes", "candidates of an image"),
            .count("classes", default: 91, "classes of the candidates that are made"),
            Parameter("iou", .real(0...1), .value(.real(0.5)), "overlap with a better box that ends a candidate"),
            .count("keep", default: 300, "detections of an image, at most"),
        ], example: "boxes=200,classes=3,keep=20")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    private let images: Int
    private let boxes: Int
    private let keep: Int
    private let classes: Int
    private let threshold: Double

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        (images, boxes) = (arguments.int("n"), arguments.int("boxes"))
        classes = arguments.int("classes")
        keep = min(arguments.int("keep"), boxes)
        threshold = arguments.real("iou")
        operands = [
            try Operand("x", .input, [images, boxes, DetectionRow.elements], layout: "NAK"),
            try .output("y", [images, keep, DetectionRow.elements], layout: "NAK"),
        ]
        elementOperations = [ElementOperations("compare", try product(images, boxes, keep))]
    }

    /// What is kept is a copy, so no element is a sum. Rows beyond the last have no terms.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        (0..<output.shape.count).map { place in
            let row = place / DetectionRow.elements * DetectionRow.elements
            return Sums(elements: 1, length: tensors["y"].floats[row + 4] > 0 ? 1 : 0)
        }
    }

    /// Eight candidates per object, in an image of 640x640. Their boxes differ by up to an eighth of the object's size.
    /// Scores are multiples of 1/256, so that some are equal. Some rows have no score.
    package func fill(_ tensors: Operands, seed: UInt64) {
        let (places, objects) = (Draws("places", seed: seed), Draws("objects", seed: seed))
        let scores = Draws("scores", seed: seed)
        for candidate in 0..<images * boxes {
            let object = candidate / boxes * boxes + candidate % boxes % max(boxes / 8, 1)
            let size = 16 + 240 * objects.unit(4 * object)
            let (x, y) = (640 * objects.unit(4 * object + 1), 640 * objects.unit(4 * object + 2))
            func jitter(_ side: Int) -> Float { (places.unit(4 * candidate + side) - 0.5) * size / 4 }
            let box = Box(
                left: x - size / 2 + jitter(0), top: y - size / 2 + jitter(1), right: x + size / 2 + jitter(2),
                bottom: y + size / 2 + jitter(3))
            let label = Int(objects.unit(4 * object + 3) * Float(min(classes, 1 << 24)))
            DetectionRow.write(
                box, score: ((1.05 * scores.unit(candidate) - 0.05) * 256).rounded(.up) / 256, label: label,
                to: tensors["x"].floats + candidate * DetectionRow.elements)
        }
    }

    /// Lists of detections, by class, that candidates are compared with.
    private var lists: Int { min(classes, 256) }

    package var implementations: [Implementation] {
        var workspace = Workspace()
        let keys = workspace.shared(2 * boxes, parts: images)
        // The first detection of each list, then for each detection the next one.
        let links = workspace.shared(lists + keep, of: Int32.self, parts: images)
        return [
            Implementation(
                "native", "best first, each against the detections of its class so far, until there are enough",
                threading: .any, workspace: workspace
            ) { tensors, setting, memory in
                PreparedCall(on: try ThreadPool.shared(setting.threads)) { share in
                    for image in share.range(of: images) {
                        detect(
                            tensors["x"].floats + image * boxes * DetectionRow.elements, keys: memory[keys, image],
                            links: memory[links, image],
                            into: tensors["y"].floats + image * keep * DetectionRow.elements)
                    }
                }
            }
        ]
    }

    private func detect(
        _ x: UnsafePointer<Float>, keys: UnsafeMutablePointer<Float>, links: UnsafeMutablePointer<Int32>,
        into y: UnsafeMutablePointer<Float>
    ) {
        let size = DetectionRow.elements
        var ranking = Ranking(in: keys, capacity: boxes)
        let next = links + lists
        links.update(repeating: -1, count: lists)
        for candidate in 0..<boxes where x[candidate * size + 4] > (planted(.nmsNone) ? -1 : 0) {
            ranking.offer(x[candidate * size + 4], index: candidate)
        }
        ranking.sort()
        var count = 0
        for rank in 0..<ranking.count where count < keep {
            let row = x + ranking[rank] * size
            let (box, label) = (DetectionRow.box(row), row[5])
            // Labels that are no class share a list.
            let list = !planted(.nmsClass) && label >= 0 && label < Float(classes) ? Int(label) % lists : 0
            var other = links[list]
            while other >= 0 {
                let detection = y + Int(other) * size
                if planted(.nmsClass) || detection[5] == label,
                    box.overlaps(
                        DetectionRow.box(detection), beyond: planted(.nmsThreshold) ? 0.9 * threshold : threshold)
                {
                    break
                }
                other = next[Int(other)]
            }
            guard other < 0 else { continue }
            (y + count * size).update(from: row, count: size)
            next[count] = links[list]
            links[list] = Int32(count)
            count += 1
        }
        (y + count * size).update(repeating: 0, count: (keep - count) * size)
    }

    package func reference(_ tensors: Operands) {
        let size = DetectionRow.elements
        for image in 0..<images {
            let x = tensors["x"].floats + image * boxes * size
            let y = tensors["y"].floats + image * keep * size
            func score(_ candidate: Int) -> Float { x[candidate * size + 4] }
            let ranked = (0..<boxes).filter { score($0) > 0 }.sorted {
                score($0) == score($1) ? $0 < $1 : score($0) > score($1)
            }
            var ended = Set<Int>()
            var detections: [Int] = []
            for (rank, candidate) in ranked.enumerated() where !ended.contains(candidate) && detections.count < keep {
                detections.append(candidate)
                let (box, label) = (DetectionRow.box(x + candidate * size), x[candidate * size + 5])
                for worse in ranked[(rank + 1)...] where x[worse * size + 5] == label {
                    if DetectionRow.box(x + worse * size).overlaps(box, beyond: threshold) { ended.insert(worse) }
                }
            }
            for slot in 0..<keep {
                for i in 0..<size {
                    y[slot * size + i] = slot < detections.count ? x[detections[slot] * size + i] : 0
                }
            }
        }
    }
}

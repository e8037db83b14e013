import Tensors
import Workloads

/// What messages are made of, edge by edge, for plain loops.
struct MessageRows {
    let message: GSpMM.Message
    let features: Int
    let edgeFeatures: Int
    let indices: UnsafePointer<Int32>
    /// [sources, features] and [edges, edgeFeatures]; nil if messages do not read it.
    let u: UnsafePointer<Float>?
    let e: UnsafePointer<Float>?

    init(
        _ tensors: Operands, _ message: GSpMM.Message, features: Int, edgeFeatures: Int, source: String = "u",
        edge: String = "e"
    ) {
        self.message = message
        self.features = features
        self.edgeFeatures = edgeFeatures
        indices = UnsafePointer(tensors["indices"].ints)
        u = tensors.optional(source).map { UnsafePointer($0.floats) }
        e = tensors.optional(edge).map { UnsafePointer($0.floats) }
    }

    /// Calls the body with the message as a function of two elements. A loop of its own for each, so that the compiler makes vector
    /// instructions of it.
    @inline(__always)
    func forEachMessage(_ body: (_ message: (_ u: Float, _ e: Float) -> Float) -> Void) {
        switch message {
        case .copyU: body { u, _ in u }
        case .copyE: body { _, e in e }
        case .add: body { u, e in u + e }
        case .subtract: body { u, e in u - e }
        case .multiply: body { u, e in u * e }
        case .divide: body { u, e in u / e }
        }
    }

    /// Calls the body with each feature of an edge: its number, its source's element and the edge's; 0 for what is not read.
    ///
    /// - Parameter numbers: the edge whose numbers are taken.
    @inline(__always)
    func forEachElement(
        of edge: Int, numbers: Int, _ body: (_ i: Int, _ u: Float, _ e: Float) -> Void
    ) {
        let source = u.map { $0 + Int(indices[edge]) * features }
        guard let own = e.map({ $0 + numbers * edgeFeatures }) else {
            if let source { for i in 0..<features { body(i, source[i], 0) } }
            return
        }
        guard edgeFeatures < features else {
            if let source {
                for i in 0..<features { body(i, source[i], own[i]) }
            } else {
                for i in 0..<features { body(i, 0, own[i]) }
            }
            return
        }
        guard let source else { return }
        let width = features / edgeFeatures
        for number in 0..<edgeFeatures {
            let factor = own[number]
            for i in number * width..<(number + 1) * width { body(i, source[i], factor) }
        }
    }
}

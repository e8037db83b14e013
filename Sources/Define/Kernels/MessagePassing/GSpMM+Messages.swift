import Mutants
import Tensors
import Threads
import Workloads

extension GSpMM {
    /// Writes the messages of a share of the edges.
    func send(_ tensors: Operands, _ share: Share, into messages: UnsafeMutablePointer<Float>) {
        let indices = tensors["indices"].ints
        let (u, e) = inputs(tensors)
        forEachMessage { message in
            for edge in share.range(of: edges) {
                let target = messages + edge * features
                let source = u.map { $0 + Int(indices[edge]) * features } ?? UnsafePointer(target)
                forEachElement(source, e.map { $0 + (planted(.gatherWeight) ? 0 : edge) * edgeFeatures }) { i, u, e in
                    target[i] = message(u, e)
                }
            }
        }
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

    /// Calls the body with each feature of an edge: its number, its source's element and the edge's.
    @inline(__always)
    func forEachElement(
        _ u: UnsafePointer<Float>, _ e: UnsafePointer<Float>?, _ body: (_ i: Int, _ u: Float, _ e: Float) -> Void
    ) {
        guard let e else {
            for i in 0..<features { body(i, u[i], 0) }
            return
        }
        guard edgeFeatures < features else {
            for i in 0..<features { body(i, u[i], e[i]) }
            return
        }
        let width = features / edgeFeatures
        for number in 0..<edgeFeatures {
            let own = e[number]
            for i in number * width..<(number + 1) * width { body(i, u[i], own) }
        }
    }
}

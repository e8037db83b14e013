import Settings
import Tensors
import Threads
import Workloads

/// What the gates of recurrent layers have in common: two products side by side become a new state, row by row.
extension Rows {
    /// An error of the products' sum reaches the outputs, however small the states are. tanh is never larger than 1.
    func gateSums(in tensors: Operands) -> [Sums] {
        let terms = tensors["x"].rootMeanSquare + tensors["g"].rootMeanSquare
        return [Sums(elements: elements, length: 1, scale: min(1, terms))]
    }

    /// An implementation that computes some rows at a time, so that a call of a microkernel has some hundred elements.
    ///
    /// - Parameters:
    ///   - buffers: floats of memory for each element of a row.
    ///   - step: computes a part of the rows with memory of its own.
    func gates(
        buffers: Int,
        step: @escaping @Sendable (Operands, _ part: Range<Int>, _ memory: UnsafeMutablePointer<Float>) -> Void
    ) -> Implementation {
        let some = max(1, min(count, 256 / features))
        var workspace = Workspace()
        let buffer = workspace.perThread(buffers * some * features)
        return Implementation(
            "native", "some rows at a time, sigmoids in vectors", threading: .any, workspace: workspace
        ) { tensors, setting, memory in
            PreparedCall(on: try ThreadPool.shared(setting.threads)) { share in
                let mine = share.range(of: count)
                for first in stride(from: mine.lowerBound, to: mine.upperBound, by: some) {
                    step(tensors, first..<min(first + some, mine.upperBound), memory[buffer, share.index])
                }
            }
        }
    }
}

extension Values {
    /// For the two products behind a gate: their sums are open, shut and in between.
    static var gates: Values { .spread(Spread(reach: 4)) }
}

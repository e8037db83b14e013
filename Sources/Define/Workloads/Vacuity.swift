import Tensors

extension Workload {
    /// An output that proves nothing, or nil: more than nine tenths of it are 0, unlike the inputs, so an answer that
    /// nobody computed would pass for it.
    ///
    /// Elements without terms (`Sums.length`) must be 0 and do not count. Fewer than 64 others may well all be 0.
    ///
    /// - Parameters:
    ///   - answer: inputs, weights, and the outputs of an implementation.
    ///   - expected: the same inputs and weights, and the outputs of the reference.
    package func vacuousOutput(of answer: Operands, expected: Operands) -> Operand? {
        operands.first { output in
            guard output.role == .output else { return false }
            var (next, zeros, counted) = (0, 0, 0)
            for part in sums(behind: output, in: expected) {
                if part.length > 0 {
                    zeros += answer[output.name].zeros(next..<next + part.elements)
                    counted += part.elements
                }
                next += part.elements
            }
            return counted >= 64 && Self.isMostly(zeros, of: counted) && !hasMostlyZeros(answer)
        }
    }

    private func hasMostlyZeros(_ tensors: Operands) -> Bool {
        let given = operands.filter { $0.role != .output }.map { tensors[$0.name] }
        return Self.isMostly(given.reduce(0) { $0 + $1.zeros(0..<$1.count) }, of: given.reduce(0) { $0 + $1.count })
    }

    private static func isMostly(_ zeros: Int, of count: Int) -> Bool { 10 * zeros > 9 * count }
}

extension Tensor {
    fileprivate func zeros(_ part: Range<Int>) -> Int { part.count { self[$0] == 0 } }
}

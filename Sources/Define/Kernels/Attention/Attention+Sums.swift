import Tensors
import Workloads

extension Attention {
    /// Per query: one that sees few keys has larger outputs than one that sees many, whose values cancel. An error of a
    /// score is also an error of its key's weight, so large scores allow larger errors.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        let shared = (0..<heads / sharing).map { KeysAndValues(self, tensors, head: $0) }
        func sums(_ head: Int, _ query: Int) -> Sums {
            let (seen, keys) = (visible(to: query), shared[head / sharing])
            guard seen > 0 else { return Sums(elements: dim, length: dim) }
            let first = places.y.base(tensors, head) + query * places.y.row - tensors[places.y.operand].floats
            let outputs = tensors[places.y.operand].rootMeanSquare(of: first..<first + dim)
            let score = keys.score(places.q.base(tensors, head) + query * places.q.row)
            return Sums(
                elements: dim, length: max(seen, dim),
                scale: max(outputs, keys.value / Double(seen).squareRoot()) * (1 + score))
        }
        let together = places.y.heads
        return (0..<heads / together).flatMap { sequence in
            (0..<queries).flatMap { query in
                (0..<together).map { sums(sequence * together + $0, query) }
            }
        }
    }
}

/// The magnitudes of the keys and values of a head.
private struct KeysAndValues {
    /// Means over all keys, one per element of a key.
    private var means: [Double]
    private var squares: [Double]
    /// The root mean square of the values.
    let value: Double

    init(_ shape: Attention, _ tensors: Operands, head: Int) {
        let (dim, keys, places) = (shape.dim, shape.keys, shape.places)
        let (k, v) = (places.k.base(tensors, head), places.v.base(tensors, head))
        means = [Double](repeating: 0, count: dim)
        squares = means
        var total = 0.0
        for key in 0..<keys {
            for i in 0..<dim {
                let element = Double(k[key * places.k.row + i])
                means[i] += element / Double(keys)
                squares[i] += element * element / Double(keys)
                total += Double(v[key * places.v.row + i]) * Double(v[key * places.v.row + i])
            }
        }
        value = (total / Double(keys * dim)).squareRoot()
    }

    /// About the largest intermediate number in the scores of a query: from independent terms and from common ones.
    func score(_ query: UnsafePointer<Float>) -> Double {
        var (independent, common) = (0.0, 0.0)
        for i in means.indices {
            let element = Double(query[i])
            independent += element * element * squares[i]
            common += element * means[i]
        }
        return ((independent + common * common) / Double(means.count)).squareRoot()
    }
}

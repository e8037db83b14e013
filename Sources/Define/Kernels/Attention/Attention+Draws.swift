import Tensors
import Workloads

extension Attention {
    /// Keys are around 1. Queries are of four kinds in turn: with scores near 0, where all keys weigh the same; of some
    /// units, where few do; and around 100 and -100, whose powers fit no `Float` unless the largest is subtracted.
    package func fill(_ tensors: Operands, seed: UInt64) {
        fillByName(tensors, seed: seed)
        for head in 0..<heads / sharing {
            let k = places.k.base(tensors, head)
            for key in 0..<keys { for i in 0..<dim { k[key * places.k.row + i] += 1 } }
        }
        // A score is the root of `dim` times this. A larger value would give one key all the weight.
        let centre = min(100 / Float(dim).squareRoot(), 16)
        for head in 0..<heads {
            for query in 0..<queries {
                let q = places.q.base(tensors, head) + query * places.q.row
                switch (head + query) % 4 {
                case 1: for i in 0..<dim { q[i] *= 8 }
                case 2: for i in 0..<dim { q[i] += centre }
                case 3: for i in 0..<dim { q[i] -= centre }
                default: break
                }
            }
        }
    }
}

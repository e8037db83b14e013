import Tensors
import Workloads

extension Attention {
    /// Where the heads of each operand are stored.
    struct Places: Sendable {
        let q: HeadPlaces
        let k: HeadPlaces
        let v: HeadPlaces
        let y: HeadPlaces

        /// Head by head; each head is a matrix.
        init(queries: Int, keys: Int, dim: Int) {
            func apart(_ operand: String, _ rows: Int) -> HeadPlaces {
                HeadPlaces(operand: operand, row: dim, first: 0, head: rows * dim, sequence: rows * dim, heads: 1)
            }
            (q, k, v, y) = (apart("q", queries), apart("k", keys), apart("v", keys), apart("y", queries))
        }

        /// Token by token, with the heads of a token side by side.
        init(tokens: Int, heads: Int, dim: Int) {
            func within(_ operand: String, part: Int, of parts: Int) -> HeadPlaces {
                let row = parts * heads * dim
                return HeadPlaces(
                    operand: operand, row: row, first: part * heads * dim, head: dim, sequence: tokens * row,
                    heads: heads)
            }
            q = within("qkv", part: 0, of: 3)
            k = within("qkv", part: 1, of: 3)
            v = within("qkv", part: 2, of: 3)
            y = within("y", part: 0, of: 1)
        }
    }
}

/// Where the heads of a batch are stored in an operand: each has rows at equal distances.
struct HeadPlaces: Sendable {
    let operand: String
    /// Elements from one row of a head to the next.
    let row: Int
    /// The element at which the first head begins.
    let first: Int
    /// Elements from one head of a sequence to the next.
    let head: Int
    /// Elements from one sequence to the next.
    let sequence: Int
    /// Heads per sequence.
    let heads: Int

    /// The first element of a head, counted over the batch.
    func base(_ tensors: Operands, _ number: Int) -> UnsafeMutablePointer<Float> {
        base(tensors[operand].floats, number)
    }

    func base(_ tensor: UnsafeMutablePointer<Float>, _ number: Int) -> UnsafeMutablePointer<Float> {
        tensor + first + number / heads * sequence + number % heads * head
    }

    func matrix(_ tensor: Tensor, _ number: Int) -> BLAS.Matrix {
        BLAS.Matrix(base(tensor.floats, number), stride: row)
    }
}

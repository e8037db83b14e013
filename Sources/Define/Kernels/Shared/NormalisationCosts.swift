import Workloads

extension [ElementOperations] {
    /// The operations that give `elements` in `sets` mean 0 and variance 1 per set, with two centred passes, and then
    /// scale and shift them if `affine`.
    static func normalisation(of elements: Int, in sets: Int, affine: Bool) -> [ElementOperations] {
        let affine = affine ? elements : 0
        return [
            ElementOperations("add", 2 * elements + sets + affine),
            ElementOperations("subtract", elements),
            ElementOperations("multiply", 2 * elements + affine),
            ElementOperations("divide", 2 * sets),
            ElementOperations("rsqrt", sets),
        ]
    }
}

import Workloads

extension [ElementOperations] {
    /// What it takes to give `elements` in `sets` mean 0 and variance 1, set by set, with two centred passes, then to
    /// scale and shift them where `affine`.
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

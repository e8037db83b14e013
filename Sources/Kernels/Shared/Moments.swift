/// Mean and variance of contiguous elements, by two centred passes.
///
/// The mean is kept as an element of theirs and the rest, `origin + offset`. The differences from an element near the
/// mean are exact or nearly so, hence a deviation is accurate even where all elements are far from 0 and close to each
/// other, and it is 0 where they are equal. (Shifted data: Chan, Golub and LeVeque, "Algorithms for computing the
/// sample variance", 1983.)
struct Moments {
    let origin: Float
    let offset: Float
    /// The biased variance: the mean of the squared deviations.
    let variance: Float

    /// Of one element or more.
    init(_ elements: UnsafePointer<Float>, count: Int) {
        origin = elements[0]
        offset = Lanes.sum(elements, count: count, minus: origin) / Float(count)
        variance = Lanes.sumOfSquares(elements, count: count, minus: origin, offset) / Float(count)
    }

    /// An element less the mean.
    @inline(__always) func deviation(_ element: Float) -> Float { (element - origin) - offset }
}

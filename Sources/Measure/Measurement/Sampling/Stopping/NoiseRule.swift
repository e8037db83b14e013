import Results
import Statistics

/// Stops when more samples no longer narrow the interval.
///
/// Independent noise halves the interval while the number of samples grows fourfold. If it keeps more than nine tenths
/// of its width over that growth, the noise is not random (two modes, a drift), and more time would not narrow it. A
/// single doubling says too little: with independent noise, the width then keeps nine tenths by chance in a third of
/// all runs, since the width is itself an estimate.
package struct NoiseRule: StoppingRule {
    package let reason = Samples.Stop.noise
    /// With fewer samples, the width says too little.
    private static let leastSamples = 64
    private static let growth = 4
    private static let kept = 0.9

    private var widths: [(count: Int, width: Double)] = []

    package init() { widths.reserveCapacity(128) }

    package mutating func isMet(by progress: SamplingProgress) -> Bool {
        guard let width = progress.interval?.relativeHalfWidth else { return false }
        widths.append((progress.count, width))
        guard progress.count >= Self.leastSamples,
            let earlier = widths.last(where: { $0.count * Self.growth <= progress.count })
        else { return false }
        return width > Self.kept * earlier.width
    }
}

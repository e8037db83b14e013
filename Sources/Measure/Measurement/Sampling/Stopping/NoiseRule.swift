import Results
import Statistics

/// Stops when more samples no longer narrow the interval.
///
/// Independent noise halves it while the samples grow fourfold. Where it kept more than nine tenths of its width over that
/// growth, the noise is no accident of single samples (two modes, a drift), and the interval would not get narrow in any
/// time. A single doubling says too little: there the width of independent noise keeps nine tenths by chance in a third of
/// all runs, since the width is itself an estimate.
package struct NoiseRule: StoppingRule {
    package let reason = Samples.Stop.noise
    /// Below this many samples the width says too little.
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

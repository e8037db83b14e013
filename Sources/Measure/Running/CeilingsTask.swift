import CPlatform
import Kernels
import Measurement
import Results
import Statistics
import Workloads

/// Measures the machine's ceilings and the harness's own cost per call, in this process.
struct CeilingsTask {
    let threads: [Int]

    func measure() throws -> Ceilings {
        assay_flush_denormals()
        var ceilings = Ceilings.measure(threads: threads)
        ceilings.callSeconds = try emptyCall()
        return ceilings
    }

    /// Median seconds per call of `null`, through the same loop that times every other kernel.
    private func emptyCall() throws -> Double {
        let null = PreparedCall {}
        var options = SamplingOptions()
        options.timeLimit = 0.2
        let samples = try CaseMeasurement.sample([null], options: options, clock: MonotonicClock())
        return Quantiles(samples.seconds)?.median ?? 0
    }
}

import VectorsAVX2
import VectorsAVX512
import VectorsBaseline

/// The microkernels of one instruction set behind plain functions: what is chosen once, at start.
package struct VectorKernels: Sendable {
    /// `Vectors.fmaBurst`
    package let fmaBurst:
        @Sendable (_ rounds: Int, _ factor: Float, _ addend: Float, UnsafeMutablePointer<Float>) -> Void
    /// `Vectors.readBurst`
    package let readBurst:
        @Sendable (_ block: UnsafePointer<Float>, _ count: Int, _ passes: Int, UnsafeMutablePointer<Float>) -> Void

    /// - Parameter set: one that this processor has; another ends the process at the first call.
    package init(_ set: InstructionSet) {
        switch set {
        case .baseline, .neon:
            fmaBurst = Baseline.fmaBurst
            readBurst = Baseline.readBurst
        case .avx2:
            fmaBurst = AVX2.fmaBurst
            readBurst = AVX2.readBurst
        case .avx512:
            fmaBurst = AVX512.fmaBurst
            readBurst = AVX512.readBurst
        }
    }
}

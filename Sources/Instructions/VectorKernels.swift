import Vectors
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
    /// `Vectors.multiply`
    package let multiply: @Sendable (_ rows: Int, ProductTile) -> Void
    /// `Vectors.aggregate`
    package let aggregate: @Sendable (SparseRows) -> Void
    /// `Vectors.slide`
    package let slide: @Sendable (SlidingTile) -> Void
    /// `Vectors.softmaxStep`
    package let softmaxStep: @Sendable (ScoreRows) -> Void
    /// `Vectors.scale`
    package let scale:
        @Sendable (_ count: Int, UnsafePointer<Float>, _ factor: Float, UnsafeMutablePointer<Float>) -> Void
    /// `Vectors.dotProducts`
    package let dotProducts:
        @Sendable (
            UnsafePointer<Float>, _ count: Int, _ rows: UnsafePointer<Float>, _ number: Int,
            UnsafeMutablePointer<Float>
        ) -> Void
    /// `Vectors.weightedSum`
    package let weightedSum:
        @Sendable (
            _ weights: UnsafePointer<Float>, _ rows: UnsafePointer<Float>, _ number: Int, _ count: Int,
            UnsafeMutablePointer<Float>, _ factor: Float
        ) -> Void
    /// `Vectors.apply`
    package let apply:
        @Sendable (ElementFunction, _ count: Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
    /// `Vectors.normalise` of rows
    package let normaliseRows: @Sendable (NormRows) -> Void
    /// `Vectors.softmax`
    package let softmaxRows:
        @Sendable (_ rows: Int, _ features: Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
    /// `Vectors.moments`
    package let moments: @Sendable (PixelColumns) -> Void
    /// `Vectors.normalise` of columns
    package let normaliseColumns:
        @Sendable (PixelColumns, _ shift: UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
    /// `Vectors.pool`
    package let pool: @Sendable (PoolRow) -> Void
    /// `Vectors.add`
    package let add:
        @Sendable (_ count: Int, UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>) -> Void
    /// `Vectors.dotEdges`
    package let dotEdges: @Sendable (EdgePairs) -> Void
    /// `Vectors.addEdges`
    package let addEdges: @Sendable (EdgePairs) -> Void
    /// `Vectors.softmaxEdges`
    package let softmaxEdges: @Sendable (EdgeScores) -> Void
    /// `Vectors.winogradInput`
    package let winogradInput:
        @Sendable (WinogradTile, _ pixels: UnsafePointer<Float>, _ products: UnsafeMutablePointer<Float>) -> Void
    /// `Vectors.winogradOutput`
    package let winogradOutput:
        @Sendable (
            WinogradTile, _ products: UnsafePointer<Float>, _ bias: UnsafePointer<Float>,
            _ residual: UnsafePointer<Float>?, Bounds, _ pixels: UnsafeMutablePointer<Float>
        ) -> Void
    package let set: InstructionSet
    /// Floats of a vector.
    package var lanes: Int { self.set.lanes }
    /// The most rows of a tile.
    package let tileRows: Int
    /// The most pixels of a sliding tile.
    package let slidingPixels: Int

    /// - Parameter set: one that this processor has; another ends the process at the first call.
    package init(_ set: InstructionSet) {
        self.set = set
        tileRows = set == .avx512 ? 14 : 6
        slidingPixels = set == .avx512 ? 14 : 7
        switch set {
        case .baseline, .neon:
            fmaBurst = Baseline.fmaBurst
            readBurst = Baseline.readBurst
            multiply = Baseline.multiply
            aggregate = Baseline.aggregate
            slide = Baseline.slide
            apply = Baseline.apply
            softmaxStep = Baseline.softmaxStep
            scale = Baseline.scale
            dotProducts = Baseline.dotProducts
            weightedSum = Baseline.weightedSum
            normaliseRows = Baseline.normaliseRows
            softmaxRows = Baseline.softmaxRows
            moments = Baseline.moments
            normaliseColumns = Baseline.normaliseColumns
            pool = Baseline.pool
            add = Baseline.add
            dotEdges = Baseline.dotEdges
            addEdges = Baseline.addEdges
            softmaxEdges = Baseline.softmaxEdges
            winogradInput = Baseline.winogradInput
            winogradOutput = Baseline.winogradOutput
        case .avx2:
            fmaBurst = AVX2.fmaBurst
            readBurst = AVX2.readBurst
            multiply = AVX2.multiply
            aggregate = AVX2.aggregate
            slide = AVX2.slide
            apply = AVX2.apply
            softmaxStep = AVX2.softmaxStep
            scale = AVX2.scale
            dotProducts = AVX2.dotProducts
            weightedSum = AVX2.weightedSum
            normaliseRows = AVX2.normaliseRows
            softmaxRows = AVX2.softmaxRows
            moments = AVX2.moments
            normaliseColumns = AVX2.normaliseColumns
            pool = AVX2.pool
            add = AVX2.add
            dotEdges = AVX2.dotEdges
            addEdges = AVX2.addEdges
            softmaxEdges = AVX2.softmaxEdges
            winogradInput = AVX2.winogradInput
            winogradOutput = AVX2.winogradOutput
        case .avx512:
            fmaBurst = AVX512.fmaBurst
            readBurst = AVX512.readBurst
            multiply = AVX512.multiply
            aggregate = AVX512.aggregate
            slide = AVX512.slide
            apply = AVX512.apply
            softmaxStep = AVX512.softmaxStep
            scale = AVX512.scale
            dotProducts = AVX512.dotProducts
            weightedSum = AVX512.weightedSum
            normaliseRows = AVX512.normaliseRows
            softmaxRows = AVX512.softmaxRows
            moments = AVX512.moments
            normaliseColumns = AVX512.normaliseColumns
            pool = AVX512.pool
            add = AVX512.add
            dotEdges = AVX512.dotEdges
            addEdges = AVX512.addEdges
            softmaxEdges = AVX512.softmaxEdges
            winogradInput = AVX512.winogradInput
            winogradOutput = AVX512.winogradOutput
        }
    }
}

extension VectorKernels {
    /// The best this processor has, or what `ASSAY_ISA` asks for; chosen once. A wrong `ASSAY_ISA` is found before by
    /// whoever starts the program, and means the least here.
    package static let chosen = VectorKernels(
        (try? InstructionSet.chosen()) ?? .baseline)
}

/// The list of all microkernels of one instruction set. Each is written once, for any vector, in an extension beside
/// the type that it works on.
///
/// A module compiled for an instruction set has one type that conforms to this. It names the vector, and larger tiles if it has
/// registers for them:
///
///     package enum AVX2: Microkernels { package typealias V = SIMD8<Float> }
///
/// The instances exist only in that module. Callers hold an `any Microkernels.Type`, so a call goes through a table and
/// passes pointers. Each table entry jumps to the instance, which is a separate function (`@inline(never)`), because
/// the compiler inlines little into an entry.
@usableFromInline package protocol Microkernels: SendableMetatype {
    /// The vector type of its registers.
    associatedtype V: FloatVector

    /// Floats per vector.
    static var lanes: Int { get }
    /// The maximum number of rows of a `ProductTile`.
    static var tileRows: Int { get }
    /// The maximum number of pixels of a `SlidingTile`.
    static var slidingPixels: Int { get }

    static func fmaBurst(
        rounds: Int, factor: Float, addend: Float, state: UnsafeMutablePointer<Float>)
    static func readBurst(
        block: UnsafePointer<Float>, count: Int, passes: Int, result: UnsafeMutablePointer<Float>)
    static func multiply(rows: Int, _ tile: ProductTile)
    static func slide(_ tile: SlidingTile)
    static func winogradInput(
        _ tile: WinogradTile, _ pixels: UnsafePointer<Float>, into products: UnsafeMutablePointer<Float>
    )
    static func winogradOutput(
        _ tile: WinogradTile, _ products: UnsafePointer<Float>, bias: UnsafePointer<Float>,
        residual: UnsafePointer<Float>?, bounds: Bounds, into pixels: UnsafeMutablePointer<Float>)
    static func pool(_ row: PoolRow)
    static func softmaxStep(_ rows: ScoreRows)
    static func scale(
        count: Int, _ source: UnsafePointer<Float>, factor: Float,
        into target: UnsafeMutablePointer<Float>)
    static func dotProducts(
        _ x: UnsafePointer<Float>, count: Int, rows: UnsafePointer<Float>, number: Int,
        into target: UnsafeMutablePointer<Float>)
    static func weightedSum(
        weights: UnsafePointer<Float>, rows: UnsafePointer<Float>, number: Int, count: Int,
        _ target: UnsafeMutablePointer<Float>, factor: Float)
    static func apply(
        _ function: ElementFunction, count: Int, _ source: UnsafePointer<Float>,
        into target: UnsafeMutablePointer<Float>)
    static func add(
        count: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
        into y: UnsafeMutablePointer<Float>)
    static func softmax(
        rows count: Int, features: Int, _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>)
    static func normalise(_ rows: NormRows)
    static func moments(_ columns: PixelColumns)
    static func normalise(
        _ columns: PixelColumns, shift: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>)
    static func aggregate(_ rows: SparseRows)
    static func combineEdges(_ terms: EdgeTerms)
    static func softmaxEdges(_ edges: EdgeScores)
    static func attendEdges(_ edges: EdgeAttention)
    static func squaredDistances(_ points: PointDistances)
    static func lowerDistances(_ points: PointDistances) -> Float
    static func rankBound(
        _ rank: Int, of row: UnsafePointer<Float>, count: Int, least: UnsafeMutablePointer<Float>
    ) -> Float
    static func places(
        of row: UnsafePointer<Float>, count: Int, least: Float, most: Float,
        into places: UnsafeMutablePointer<Int32>
    ) -> Int
    static func ranks(
        of values: UnsafePointer<Float>, count: Int, into ranks: UnsafeMutablePointer<Int32>)
}

extension Microkernels {
    @inlinable @inline(__always) package static var lanes: Int { V.lanes }
    @inlinable @inline(__always) package static var tileRows: Int { V.tileRows }
    @inlinable @inline(__always) package static var slidingPixels: Int { V.slidingPixels }
}

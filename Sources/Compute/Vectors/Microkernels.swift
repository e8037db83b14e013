/// The microkernels of one instruction set. This is the list of them; each is written once, as an extension beside what it
/// works on, for any vector.
///
/// A module compiled for an instruction set has one type that conforms to this, which names the vector and nothing else:
///
///     package enum AVX2: Microkernels { package typealias V = SIMD8<Float> }
///
/// The instances stand in that module only. Who calls them holds an `any Microkernels.Type`, so that a call goes through a
/// table, and passes pointers. Each entry of the table jumps to the instance: a function of its own (`@inline(never)`), since
/// the compiler inlines little into an entry.
@usableFromInline package protocol Microkernels: SendableMetatype {
    /// The vector that its registers hold.
    associatedtype V: FloatVector

    /// Floats of a vector.
    static var lanes: Int { get }
    /// The most rows of a `ProductTile`.
    static var tileRows: Int { get }
    /// The most pixels of a `SlidingTile`.
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
    static func dotEdges(_ edges: EdgePairs)
    static func addEdges(_ edges: EdgePairs)
    static func softmaxEdges(_ edges: EdgeScores)
}

extension Microkernels {
    @inlinable @inline(__always) package static var lanes: Int { V.lanes }
    @inlinable @inline(__always) package static var tileRows: Int { V.tileRows }
    @inlinable @inline(__always) package static var slidingPixels: Int { V.slidingPixels }
}

import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// The products of B-splines at the pseudo-coordinates of edges, and the kernels that they weigh: the basis of SplineConv (Fey et al.,
/// 2018) as torch-spline-conv computes it.
///
/// A dimension of `size` kernels is cut into size - degree pieces if it is open, and into `size` if it is closed: then the last kernels
/// are neighbours of the first. Each edge has n = (degree + 1)^dim products; in `basis` and `index`, [edges, n], and in the numbers of
/// kernels the first dimension runs fastest. Coordinates are in 0 ... 1. Others, NaN too, give an index that is in range.
package struct SplineBasis: Kernel {
    /// At most as many dimensions: space has no more.
    static let mostDimensions = 3

    package static let schema = Schema(
        "spline_basis", "the B-splines of SplineConv at the pseudo-coordinates of edges",
        [
            Parameter("edges", .int(0...Int(Int32.max)), .required, "rows of the input"),
            Parameter("sizes", .counts, .required, "kernels along each of one to three dimensions, for example 5+5"),
            Parameter("degree", .int(1...3), .value(.int(1)), "degree of the splines"),
            Parameter(
                "open", .choice(openness),
                .derived("1 in each dimension") { .word(word($0.counts("sizes").map { _ in true })) },
                "for each dimension 1 if its splines are open, 0 if they are closed"),
        ], example: "edges=156,sizes=4+5")

    /// Every way in which up to three dimensions are open, 1, or closed, 0.
    private static var openness: [String] {
        (1...mostDimensions).flatMap { dim in
            (0..<1 << dim).map { bits in word((0..<dim).map { bits >> (dim - 1 - $0) & 1 == 0 }) }
        }
    }

    private static func word(_ isOpen: [Bool]) -> String { isOpen.map { $0 ? "1" : "0" }.joined(separator: "+") }

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    let edges: Int
    let sizes: [Int]
    let degree: Int
    /// Pieces of each dimension, by which its coordinate is multiplied.
    private let pieces: [Float]
    /// Kernels before the next one of each dimension.
    private let strides: [Int]
    /// Products of an edge.
    let active: Int
    var dim: Int { sizes.count }

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        edges = arguments.int("edges")
        let (sizes, degree) = (arguments.counts("sizes"), arguments.int("degree"))
        (self.sizes, self.degree) = (sizes, degree)
        let isOpen = arguments.word("open").split(separator: "+").map { $0 == "1" }
        guard sizes.count <= Self.mostDimensions else {
            throw ShapeError(
                "sizes: \(sizes.count) dimensions, but splines have up to \(Self.mostDimensions)", parameter: "sizes",
                remedy: "write one to \(Self.mostDimensions) counts")
        }
        guard isOpen.count == sizes.count else {
            throw ShapeError(
                "open: \(isOpen.count) of \(sizes.count) dimensions", parameter: "open",
                remedy: "write a 0 or 1 for each, as in \(Self.word(sizes.map { _ in true }))")
        }
        for (size, isOpen) in zip(sizes, isOpen) where isOpen && size <= degree {
            throw ShapeError(
                "sizes: open splines of degree \(degree) need more than \(size) kernels", parameter: "sizes",
                remedy: "write at least \(degree + 1), or close the dimension")
        }
        pieces = zip(sizes, isOpen).map { Float($1 ? $0 - degree : $0) }
        var (strides, kernels) = ([Int](), 1)
        for size in sizes {
            strides.append(kernels)
            kernels = try product(kernels, size)
        }
        guard kernels <= Int(Int32.max) else {
            throw ShapeError(
                "sizes: \(kernels) kernels have numbers that fit no 32 bits", parameter: "sizes",
                remedy: "write smaller sizes")
        }
        self.strides = strides
        active = sizes.reduce(1) { count, _ in count * (degree + 1) }
        let (coordinates, products) = (try product(edges, sizes.count), try product(edges, active))
        elementOperations = [
            ElementOperations("multiply", coordinates + products * (sizes.count - 1)),
            ElementOperations("floor", coordinates), ElementOperations("subtract", coordinates),
            ElementOperations("polynomial", coordinates * (degree + 1)),
        ]
        operands = [
            try .input("e", [edges, sizes.count], layout: "ED", values: .unit),
            try .output("basis", [edges, active], layout: "ES"),
            try Operand("index", .output, [edges, active], layout: "ES", element: .i32),
        ]
    }

    package var reductionLength: Int { dim }

    package var implementations: [Implementation] {
        [
            .divided("native", "the splines of each dimension once per edge, then their products") { tensors, share in
                let (e, basis) = (tensors["e"].floats, tensors["basis"].floats)
                for edge in share.range(of: edges) {
                    evaluate(
                        at: e + edge * dim, basis: basis + edge * active, index: tensors["index"].ints + edge * active)
                }
            }
        ]
    }

    /// Begins with the first dimension. Each further one multiplies the products so far by its splines.
    private func evaluate(
        at e: UnsafePointer<Float>, basis: UnsafeMutablePointer<Float>, index: UnsafeMutablePointer<Int32>
    ) {
        var count = 1
        (basis[0], index[0]) = (1, 0)
        for d in 0..<dim {
            let (whole, v) = place(e[d], d)
            let (size, stride) = (sizes[d], strides[d])
            // From the last spline on, because the first one's products replace those so far.
            for which in (0...degree).reversed() {
                let spline = spline(which, v)
                let place = whole + which
                let kernel = Int32(
                    truncatingIfNeeded: (planted(.splineWrap) ? min(place, size - 1) : place % size) * stride)
                for i in 0..<count {
                    basis[which * count + i] = basis[i] * spline
                    index[which * count + i] = index[i] + kernel
                }
            }
            count *= degree + 1
        }
    }

    /// In which piece of a dimension a coordinate is, and where in it. Both in `Float`, or two implementations would disagree about
    /// coordinates at the border of a piece.
    @inline(__always)
    private func place(_ coordinate: Float, _ d: Int) -> (whole: Int, v: Float) {
        let v = coordinate * pieces[d]
        let floor = v.rounded(.down)
        // What is no piece of any size, or NaN, is the first.
        return (floor >= 0 && floor < 0x1p31 ? Int(floor) : 0, v - floor)
    }

    /// One of the splines that are not 0 in a piece.
    @inline(__always)
    private func spline<Number: BinaryFloatingPoint>(_ which: Int, _ v: Number) -> Number {
        switch (degree, which) {
        case (1, 0): return 1 - v
        case (1, _): return v
        case (2, 0): return (v * v - 2 * v + 1) / 2
        case (2, 1): return v - v * v + 0.5
        case (2, _): return v * v / 2
        case (_, 0): return (1 - v) * (1 - v) * (1 - v) / 6
        case (_, 1): return (3 * v * v * v - 6 * v * v + 4) / 6
        case (_, 2): return (3 * v * v - 3 * v * v * v + 3 * v + 1) / 6
        default: return v * v * v / 6
        }
    }

    package func reference(_ tensors: Operands) {
        let (e, basis, index) = (tensors["e"].floats, tensors["basis"].floats, tensors["index"].ints)
        for edge in 0..<edges {
            for s in 0..<active {
                var (rest, value, kernel) = (s, 1.0, 0)
                for d in 0..<dim {
                    let which = rest % (degree + 1)
                    rest /= degree + 1
                    let (whole, v) = place(e[edge * dim + d], d)
                    value *= spline(which, Double(v))
                    kernel += (whole + which) % sizes[d] * strides[d]
                }
                basis[edge * active + s] = Float(value)
                index[edge * active + s] = Int32(kernel)
            }
        }
    }
}

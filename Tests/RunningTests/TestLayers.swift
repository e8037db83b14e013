import Networks
import Running
import Tensors
import Workloads

/// Batch normalisation as in training: by the mean and variance of the batch, which running ones follow.
struct TrainingNorm: Kernel {
    static let schema = Schema(
        "training_norm", "for tests", [.count("rows", "rows"), .count("c", "channels")], example: "rows=6,c=3")

    let arguments: Arguments
    let operands: [Operand]
    let macs = 0
    let elementOperations: [ElementOperations] = []
    var reductionLength: Int { arguments.int("rows") }

    init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        let (rows, channels) = (arguments.int("rows"), arguments.int("c"))
        operands = [
            try .input("x", [rows, channels], layout: "NC"), try .scale("weight", channels),
            try .shift("bias", channels),
            try Operand("mean", .state, [channels], layout: "C", values: .shift),
            try Operand("variance", .state, [channels], layout: "C", values: .scale),
            try .output("y", [rows, channels], layout: "NC"),
        ]
    }

    var implementations: [Implementation] {
        [
            .direct("native", "sums in Float") { normalise($0, Float.self, follow: 0.1) },
            .direct("forgetful", "leaves the states as they are") { normalise($0, Float.self, follow: 0) },
        ]
    }

    func reference(_ tensors: Operands) { normalise(tensors, Double.self, follow: 0.1) }

    private func normalise<Sum: BinaryFloatingPoint>(_ tensors: Operands, _: Sum.Type, follow: Sum) {
        let (rows, channels) = (arguments.int("rows"), arguments.int("c"))
        let (x, y) = (tensors["x"].floats, tensors["y"].floats)
        let (running, spread) = (tensors["mean"].floats, tensors["variance"].floats)
        for c in 0..<channels {
            let column = (0..<rows).map { Sum(x[$0 * channels + c]) }
            let mean = column.reduce(0, +) / Sum(rows)
            let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Sum(rows)
            for row in 0..<rows {
                let normal = (column[row] - mean) / (variance + 1e-5).squareRoot()
                y[row * channels + c] = Float(
                    normal * Sum(tensors["weight"].floats[c]) + Sum(tensors["bias"].floats[c]))
            }
            running[c] = Float((1 - follow) * Sum(running[c]) + follow * mean)
            spread[c] = Float((1 - follow) * Sum(spread[c]) + follow * variance)
        }
    }
}

/// The largest element of each row, and where it is: two outputs of two types.
struct RowPeak: Kernel {
    static let schema = Schema(
        "row_peak", "for tests", [.count("rows", "rows"), .count("c", "columns")], example: "rows=6,c=3")

    let arguments: Arguments
    let operands: [Operand]
    let macs = 0
    let elementOperations: [ElementOperations] = []
    let reductionLength = 1

    init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        let (rows, columns) = (arguments.int("rows"), arguments.int("c"))
        operands = [
            try .input("x", [rows, columns], layout: "NC"), try .output("y", [rows], layout: "N"),
            try Operand("index", .output, [rows], layout: "N", element: .i32),
        ]
    }

    var implementations: [Implementation] {
        [
            .direct("native", "a scan of each row") { find($0) },
            .direct("shifted", "says a place too far") { tensors in
                find(tensors)
                tensors["index"].ints[1] += 1
            },
            .direct("silent", "leaves a place unwritten") { tensors in
                let before = tensors["index"].ints[0]
                find(tensors)
                tensors["index"].ints[0] = before
            },
        ]
    }

    func reference(_ tensors: Operands) { find(tensors) }

    private func find(_ tensors: Operands) {
        let columns = arguments.int("c")
        for row in 0..<arguments.int("rows") {
            let x = tensors["x"].floats + row * columns
            let best = (0..<columns).max { x[$0] < x[$1] } ?? 0
            tensors["y"].floats[row] = x[best]
            tensors["index"].ints[row] = Int32(best)
        }
    }
}

/// Of each row the element that an index names.
struct RowPick: Kernel {
    static let schema = Schema(
        "row_pick", "for tests", [.count("rows", "rows"), .count("c", "columns")], example: "rows=6,c=3")

    let arguments: Arguments
    let operands: [Operand]
    let macs = 0
    let elementOperations: [ElementOperations] = []
    let reductionLength = 1

    init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        let (rows, columns) = (arguments.int("rows"), arguments.int("c"))
        operands = [
            try .input("x", [rows, columns], layout: "NC"), try .indices("index", rows, layout: "N"),
            try .output("y", [rows], layout: "N"),
        ]
    }

    var implementations: [Implementation] { [.direct("native", "one by one") { pick($0) }] }

    func reference(_ tensors: Operands) { pick(tensors) }

    private func pick(_ tensors: Operands) {
        let columns = arguments.int("c")
        for row in 0..<arguments.int("rows") {
            // What is wrong with the index is for others to find.
            let index = min(max(0, Int(tensors["index"].ints[row])), columns - 1)
            tensors["y"].floats[row] = tensors["x"].floats[row * columns + index]
        }
    }
}

/// y = x + count, where count says how many runs there were before.
struct Counter: Kernel {
    static let schema = Schema("counter", "for tests", [.count("n", default: 1, "elements")], example: "")

    let arguments: Arguments
    let operands: [Operand]
    let macs = 0
    let elementOperations: [ElementOperations] = []
    let reductionLength = 1

    init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        operands = [
            try .input("x", [arguments.int("n")], layout: "N"), try Operand("count", .state, [1], layout: "C"),
            try .output("y", [arguments.int("n")], layout: "N"),
        ]
    }

    var implementations: [Implementation] {
        [
            .direct("right", "counts") { count($0, by: 1) },
            .direct("forgetful", "does not count") { count($0, by: 0) },
            Implementation("later", "counts, and from the fifth call on by two") { tensors, _, _ in
                var calls = 0
                return PreparedCall {
                    calls += 1
                    count(tensors, by: calls < 5 ? 1 : 2)
                }
            },
        ]
    }

    func reference(_ tensors: Operands) { count(tensors, by: 1) }

    private func count(_ tensors: Operands, by step: Float) {
        tensors["y"].fill { tensors["x"].floats[$0] + tensors["count"].floats[0] }
        tensors["count"].floats[0] += step
    }
}

extension Catalog {
    /// Kernels with states and several outputs, and a network of them among layers of the real models.
    static let test = Catalog(
        kernels: [TrainingNorm.kind, RowPeak.kind, Counter.kind],
        models: [
            .model(.model("trained", "for tests", resolution: 6, classes: nil, example: "")) {
                (net, arguments) throws(ShapeError) in
                var x = try net.convNorm("stem", "stem.norm", try net.image(arguments), 8, kernel: 3, act: "relu")
                x = try net.conv("conv", x, 8, kernel: 1)
                let shape = [("rows", x.count / 8), ("c", 8)]
                let normal = try net.outputs(of: "norm", TrainingNorm.kind, shape, inputs: ["x": x])
                let peaks = try net.outputs(
                    of: "peak", RowPeak.kind, shape, inputs: ["x": try net.relu(normal[0].map)])
                let picked = try net.layer(
                    "pick", RowPick.kind, shape, inputs: ["x": normal[0].map, "index": peaks[1].map])
                try net.output("y", try net.add(peaks[0].map, picked), layout: "N")
                // As the layer before left them.
                try net.output("moments", try net.add(normal[1].map, normal[2].map), layout: "C")
            }
        ])
}

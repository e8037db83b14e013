import Instructions
import Mutants
import Tensors
import Threads
import Vectors
import Workloads

/// y = f(x), element by element.
package struct Activation: Kernel {
    package static let schema = Schema(
        "activation", "elementwise nonlinearity",
        [
            .choice("function", ActivationFunction.allCases.map(\.rawValue), "which"),
            .count("elements", "elements of the input"),
        ], example: "elements=100")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    package var overwritable: [String] { ["x"] }
    let function: ActivationFunction

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        let (word, elements) = (arguments.word("function"), arguments.int("elements"))
        let function = ActivationFunction.allCases.first { $0.rawValue == word } ?? .relu
        self.function = function
        operands = [
            try .input(
                "x", [elements], layout: "C",
                values: planted(.activationDraws) ? .spread(Spread(around: -9, reach: 1)) : function.inputs),
            try .output("y", [elements], layout: "C"),
        ]
        elementOperations = function.operations.map { ElementOperations($0.kind, $0.count * elements) }
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "vectors of elements") { [function] tensors, share in
                let (x, y) = (tensors["x"], tensors["y"])
                // Whole cache lines, so that no two threads write to the same line.
                let range = share.range(of: y.count, inBlocksOf: 16)
                microkernels.apply(
                    function, count: range.count, x.floats + range.lowerBound, into: y.floats + range.lowerBound)
            },
            .direct("plain", "one loop, without a branch") { [function] tensors in
                function.apply(tensors["x"].floats, into: tensors["y"].floats, count: tensors["y"].count)
            },
        ]
    }

    package func reference(_ tensors: Operands) {
        let (x, y) = (tensors["x"].floats, tensors["y"].floats)
        for i in 0..<tensors["y"].count { y[i] = Float(function.exact(Double(x[i]))) }
    }
}

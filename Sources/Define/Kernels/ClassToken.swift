import Mutants
import Tensors
import Threads
import Workloads

/// Puts a learned token before the others and adds a learned position to each: y[0] = token + position[0],
/// y[1 + i] = x[i] + position[1 + i] (Dosovitskiy et al., "An image is worth 16x16 words", 2021).
package struct ClassToken: Kernel {
    package static let schema = Schema(
        "class_token", "a class token before the others, and positions added",
        [
            .count("n", as: "batch", default: 1, "sequences"),
            .count("s", as: "tokens", "tokens of the input"),
            .count("c", as: "channels", "elements of a token"),
        ], example: "s=5,c=8")

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    package let reductionLength = 1
    private let sequences: Int
    private let tokens: Int
    private let channels: Int

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        (sequences, tokens, channels) = (arguments.int("n"), arguments.int("s"), arguments.int("c"))
        operands = [
            try .input("x", [sequences, tokens, channels], layout: "NSC"),
            try Operand("token", .weight, [1, 1, channels], layout: "NSC", values: .shift),
            try Operand("position", .weight, [1, tokens + 1, channels], layout: "NSC", values: .shift),
            try .output("y", [sequences, tokens + 1, channels], layout: "NSC"),
        ]
        elementOperations = [ElementOperations("add", try product(sequences, tokens + 1, channels))]
    }

    package var implementations: [Implementation] {
        [
            .divided("native", "one pass, token by token") { tensors, share in
                let (x, token, position) = (tensors["x"].floats, tensors["token"].floats, tensors["position"].floats)
                for row in share.range(of: sequences * (tokens + 1)) {
                    let (sequence, place) = row.quotientAndRemainder(dividingBy: tokens + 1)
                    let source =
                        place == 0
                        ? token : x + ((planted(.tokenSequence) ? 0 : sequence) * tokens + place - 1) * channels
                    let (target, shift) = (
                        tensors["y"].floats + row * channels,
                        position + (planted(.tokenPosition) ? 0 : place) * channels
                    )
                    for c in 0..<channels { target[c] = source[c] + shift[c] }
                }
            }
        ]
    }

    package func reference(_ tensors: Operands) {
        let (x, y) = (tensors["x"].floats, tensors["y"].floats)
        let (token, position) = (tensors["token"].floats, tensors["position"].floats)
        for sequence in 0..<sequences {
            for place in 0...tokens {
                for c in 0..<channels {
                    let value = place == 0 ? token[c] : x[(sequence * tokens + place - 1) * channels + c]
                    y[(sequence * (tokens + 1) + place) * channels + c] =
                        Float(Double(value) + Double(position[place * channels + c]))
                }
            }
        }
    }
}

import Foundation
import Mutants
import Settings
import Tensors
import Threads
import Workloads

/// y[e, k] = exp(-1/2 sum over d of (e[d] - mu[k, d])^2 / (1e-15 + sigma[k, d]^2)): how much each of some Gaussians weighs for the
/// pseudo-coordinates of an edge. The weights of GMMConv (Monti et al., "Geometric deep learning on graphs and manifolds using
/// mixture model CNNs", 2017), as PyTorch Geometric computes them.
package struct GaussianMixture: Kernel {
    package static let schema = Schema(
        "gaussian_mixture", "the Gaussians of GMMConv at the pseudo-coordinates of edges",
        [
            Parameter("edges", .int(0...Int(Int32.max)), .required, "rows of the input"),
            .count("d", as: "dim", "pseudo-coordinates of an edge").usually(1...16),
            .count("k", as: "kernels", "Gaussians"),
        ], example: "edges=156,d=2,k=5")

    static let epsilon = 1e-15

    package let arguments: Arguments
    package let operands: [Operand]
    package let macs = 0
    package let elementOperations: [ElementOperations]
    let edges: Int
    let dim: Int
    let kernels: Int

    package init(_ arguments: Arguments) throws(ShapeError) {
        self.arguments = arguments
        edges = arguments.int("edges")
        dim = arguments.int("d")
        kernels = arguments.int("k")
        let (values, widths) = (try product(edges, kernels), try product(kernels, dim))
        let terms = try product(edges, kernels, dim)
        elementOperations = [
            ElementOperations("subtract", terms), ElementOperations("multiply", terms + widths + values),
            ElementOperations("divide", terms), ElementOperations("add", terms + widths),
            ElementOperations("exp", values),
        ]
        operands = [
            try .input("e", [edges, dim], layout: "ED"),
            try Operand("mu", .weight, [kernels, dim], layout: "KD", values: .input),
            try Operand("sigma", .weight, [kernels, dim], layout: "KD", values: .scale),
            try .output("y", [edges, kernels], layout: "EK"),
        ]
    }

    package var reductionLength: Int { dim }

    /// An error of the exponent x, which is as large as some roundings of x, is as large an error of e^-x, relative to it. With errors
    /// relative to at least the root of the mean square of n values, of which the largest is e^-m, that is at most m + ln(n) / 2
    /// times the rounding.
    package func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
        let (y, count) = (tensors["y"].floats, output.shape.count)
        let largest = (0..<count).reduce(Float(0)) { max($0, y[$1]) }
        let exponent = largest > 0 ? -Double(log(largest)) : 0
        return [
            Sums(elements: count, length: dim, growth: 1 + max(0, exponent) + 0.5 * log(Double(max(count, 1))))
        ]
    }

    package var implementations: [Implementation] {
        var workspace = Workspace()
        // Means, then factors of squares, [dim][kernels] each: the loop along the Gaussians reads neighbours.
        let packed = workspace.packed(2 * dim * kernels)
        return [
            Implementation(
                "native", "factors of squares packed once, exponentials along the Gaussians", threading: .any,
                workspace: workspace
            ) { tensors, setting, memory in
                let (mu, sigma, means) = (tensors["mu"].floats, tensors["sigma"].floats, memory[packed])
                let factors = means + dim * kernels
                for kernel in 0..<kernels {
                    for d in 0..<dim {
                        let width = Double(sigma[kernel * dim + d])
                        means[d * kernels + kernel] = mu[kernel * dim + d]
                        factors[d * kernels + kernel] = Float(
                            (planted(.gaussianHalf) ? -1 : -0.5) / (Self.epsilon + width * width))
                    }
                }
                let (e, y) = (tensors["e"].floats, tensors["y"].floats)
                return PreparedCall(on: try ThreadPool.shared(setting.threads)) { share in
                    for edge in share.range(of: edges) {
                        evaluate(at: e + edge * dim, means: means, factors: factors, into: y + edge * kernels)
                    }
                }
            }
        ]
    }

    private func evaluate(
        at e: UnsafePointer<Float>, means: UnsafePointer<Float>, factors: UnsafePointer<Float>,
        into y: UnsafeMutablePointer<Float>
    ) {
        let first = e[0]
        for kernel in 0..<kernels {
            let distance = first - means[kernel]
            y[kernel] = distance * distance * factors[kernel]
        }
        for d in 1..<max(1, dim - slip(.gaussianDim)) {
            let (coordinate, means, factors) = (e[d], means + d * kernels, factors + d * kernels)
            for kernel in 0..<kernels {
                let distance = coordinate - means[kernel]
                y[kernel] += distance * distance * factors[kernel]
            }
        }
        for kernel in 0..<kernels { y[kernel] = exponential(y[kernel]) }
    }

    package func reference(_ tensors: Operands) {
        let (e, mu, sigma) = (tensors["e"].floats, tensors["mu"].floats, tensors["sigma"].floats)
        let y = tensors["y"].floats
        for edge in 0..<edges {
            for kernel in 0..<kernels {
                var sum = 0.0
                for d in 0..<dim {
                    let distance = Double(e[edge * dim + d]) - Double(mu[kernel * dim + d])
                    let width = Double(sigma[kernel * dim + d])
                    sum += distance * distance / (Self.epsilon + width * width)
                }
                y[edge * kernels + kernel] = Float(exp(-0.5 * sum))
            }
        }
    }
}

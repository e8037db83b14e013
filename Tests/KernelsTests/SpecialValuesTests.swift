import Foundation
import Kernels
import Tensors
import TestSupport
import Testing
import Workloads

/// NaN, infinities and denormals in the inputs and weights of every kernel: what they make of each element of the output, by
/// its class, is what they make of the reference's. Whole numbers are the same.
@Suite struct SpecialValuesTests {
    /// What an element may be.
    private enum Class: String {
        case nan = "NaN"
        case positive = "infinity"
        case negative = "-infinity"
        case finite

        init(_ x: Float) { self = x.isNaN ? .nan : x.isFinite ? .finite : x > 0 ? .positive : .negative }
    }

    /// Where an implementation may give NaN or an infinity and the reference something else, by the nature of its method.
    private struct Exemption: Hashable {
        let kernel: String
        let implementation: String
        let operand: String
        /// What the name of the shape holds.
        let shape: String
    }

    private static let exemptions: [Exemption] = [
        // Padding is zeros that are multiplied, and 0 times an infinity or a NaN is NaN; the reference skips such taps.
        Exemption(kernel: "conv2d", implementation: "native", operand: "weight", shape: "p=1"),
        Exemption(kernel: "conv2d", implementation: "openblas", operand: "weight", shape: "p=1"),
        Exemption(kernel: "conv2d", implementation: "plain", operand: "weight", shape: "p=1"),
        // Whole tiles of pixels are transformed and summed before they are taken apart again.
        Exemption(kernel: "conv2d", implementation: "winograd", operand: "x", shape: "k=3"),
        Exemption(kernel: "conv2d", implementation: "winograd", operand: "weight", shape: "k=3"),
        // A product over all keys, in which the weights of those that are masked are zeros.
        Exemption(kernel: "attention", implementation: "openblas", operand: "v", shape: "causal=true"),
        // Sources are summed before they are multiplied, or multiplied before they are summed, whichever is less.
        Exemption(kernel: "rgcn_aggregate", implementation: "native", operand: "weight", shape: "featureless=false"),
        Exemption(kernel: "spline_aggregate", implementation: "native", operand: "weight", shape: "active"),
    ]

    /// Beside each kernel's example: shapes that take other ways through an implementation.
    private static let shapes = [
        "attention": [
            "h=2,q=29,k=43,d=17,causal=true", "h=4,kv=2,q=1,k=70,d=16", "h=1,q=40,d=64,causal=true",
            "h=2,q=33,k=300,d=16", "h=2,q=29,d=17,packed=true",
        ],
        "ball_query": ["points=100,r=0.5,ratio=0.5"], "fps": ["points=100,ratio=1"], "knn": ["points=100,d=37,k=20"],
        "adaptive_pool2d": ["c=37,size=9,out_size=4"],
        "batch_norm": [
            "c=37,size=5,statistics=batch", "n=2,c=3,size=7,act=relu,statistics=batch", "c=37,size=5", "n=2,c=3,size=7",
            "c=37,size=5,act=relu", "n=2,c=3,size=7,act=hardswish",
        ],
        "add": ["elements=37,alpha=0.9,beta=0.1", "elements=37,eps=true"],
        "bmm": ["b=2,m=5,k=7,n=9,tb=true", "m=40,k=33,n=37,ta=true,tb=true"],
        "diff_pool": ["n=50,c=20,f=33"],
        "sort_pool": ["graphs=3,nodes=20,f=1,k=9"],
        "activation_backward": [
            "function=relu6,elements=37", "function=hardsigmoid,elements=37", "function=hardswish,elements=37",
        ],
        "bias_add": ["rows=7,f=37", "rows=200,f=3,act=hardswish", "rows=7,f=37,act=relu6"],
        "conv2d": [
            "ci=5,co=19,size=9,k=3,p=0,bias=true", "ci=17,co=33,size=6,k=3", "channels=32,size=7,k=3,g=32,p=0",
            "channels=33,size=7,k=3,g=33", "channels=32,size=7,k=3,g=8", "ci=20,co=30,size=6,k=1,p=0,s=2",
        ],
        "edge_softmax": ["nodes=50,edges=400", "nodes=50,edges=400,h=3", "graph=uniform,nodes=9,edges=300,h=16"],
        "edge_matmul": ["nodes=50,edges=400,fi=5,fo=16"],
        "gatv2_scores": ["nodes=50,edges=400,h=3,d=7,e=true", "nodes=50,edges=400,d=16,slope=0"],
        "gaussian_mixture": ["edges=50,d=1,k=7", "edges=50,d=3,k=16"],
        "group_norm": ["c=36,size=5,g=3", "n=2,c=6,size=5,g=3"],
        "gru_gates": ["rows=7,f=37"],
        "head_scores": ["rows=7,h=3,d=37"],
        "instance_norm": ["c=37,size=9", "n=2,c=3,size=7"],
        "l2_norm": ["rows=7,f=37"],
        "layer_norm": ["rows=7,f=37"],
        "lstm_gates": ["rows=7,f=37"],
        "matmul": ["m=1,k=33,n=70,bias=true", "m=29,k=65,n=35"],
        "mixture_aggregate": ["nodes=50,edges=400,f=16,k=3,reduce=mean"],
        "pool2d": [
            "c=37,size=9,k=3,s=2,p=1", "kind=average,c=37,size=9,k=3,s=2,p=1", "c=3,size=5,k=2",
            "kind=average,c=3,size=5,k=2",
        ],
        "rgcn_aggregate": [
            "nodes=50,edges=400,fi=6,fo=4,relations=3,blocks=2", "nodes=50,edges=400,fi=64,fo=64,relations=46,bases=3",
            "nodes=50,edges=400,fi=50,fo=5,relations=3,featureless=true",
            "nodes=50,edges=400,fi=50,fo=16,relations=3,bases=4,featureless=true,reduce=sum",
        ],
        "rms_norm": ["rows=7,f=37"],
        "sddmm": ["nodes=50,edges=400,f=37", "nodes=50,edges=400,f=8,op=add", "nodes=50,edges=400,f=1,op=add"],
        "softmax": ["rows=7,f=37"],
        "spline_aggregate": ["nodes=50,edges=400,fi=16,fo=16,kernels=9,active=2,reduce=sum"],
        "spline_basis": ["edges=50,sizes=4,degree=3,open=0", "edges=50,sizes=5+3+4,degree=2"],
        "spmm": [
            "nodes=50,edges=400,f=37,weighted=true,reduce=max", "nodes=50,edges=400,f=5,weighted=true,reduce=mean",
        ],
    ]

    @Test func `classes of outputs are those of the reference`() throws {
        oneAtATime.lock()
        defer { oneAtATime.unlock() }
        var used: Set<Exemption> = []
        for kernel in KernelCatalog.kernels { try expectClasses(of: kernel, &used) }
        // An exemption that nothing needs any more would hide what comes after it.
        for exemption in Self.exemptions { #expect(used.contains(exemption), "\(exemption)") }
    }

    private func expectClasses(of kernel: Kind, _ used: inout Set<Exemption>) throws {
        for shape in [kernel.schema.example] + (Self.shapes[kernel.name] ?? []) {
            let workload = try workload(kernel, shape)
            let tensors = try Operands(allocating: workload.operands)
            for operand in workload.operands where operand.role != .output && operand.element == .f32 {
                for value in [.nan, .infinity, -.infinity, .leastNonzeroMagnitude] as [Float] {
                    for seed in 1...3 {
                        try workload.fill(tensors, seed: 1)
                        place(value, in: tensors[operand.name], seed: UInt64(seed))
                        try workload.reference(tensors)
                        try compare(workload, tensors, "\(value) in \(operand.name)", operand.name, &used)
                    }
                }
            }
        }
    }

    /// Puts a value at one to three places.
    private func place(_ value: Float, in tensor: Tensor, seed: UInt64) {
        let draws = Draws("places", seed: seed)
        for i in 0..<Int(seed) where tensor.count > 0 {
            tensor.floats[min(tensor.count - 1, Int(Float(tensor.count) * draws.unit(i)))] = value
        }
    }

    private func compare(
        _ workload: some Workload, _ tensors: Operands, _ what: String, _ operand: String, _ used: inout Set<Exemption>
    ) throws {
        for implementation in workload.implementations where implementation.unsupported == nil {
            let answer = try tensors.withFreshOutputs(of: workload.operands)
            try implementation.prepare(answer, implementation.setting()).run()
            let exemption = Self.exemptions.first {
                workload.name.hasPrefix($0.kernel + "[") && implementation.name == $0.implementation
                    && operand == $0.operand && workload.name.contains($0.shape)
            }
            for output in workload.operands where output.role == .output {
                guard output.element != .i32 else {
                    let same = Array(answer[output.name].raw) == Array(tensors[output.name].raw)
                    #expect(same, "\(workload.name)/\(implementation.name), \(what): \(output.name)")
                    continue
                }
                let (found, expected) = (answer[output.name].elements, tensors[output.name].elements)
                let wrong = found.indices.filter { Class(found[$0]) != Class(expected[$0]) }
                if let exemption, !wrong.isEmpty, wrong.allSatisfy({ !found[$0].isFinite }) {
                    used.insert(exemption)
                } else if let first = wrong.first {
                    Issue.record(
                        """
                        \(workload.name)/\(implementation.name), \(what): \(output.name)[\(first)] is \
                        \(Class(found[first]).rawValue), not \(Class(expected[first]).rawValue), and \(wrong.count - 1) more
                        """)
                }
            }
        }
    }
}

import Kernels
import Tensors
import Testing
import Workloads

/// What a kernel calls overwritable, a network writes over.
@Suite struct OverwritingTests {
    @Test(arguments: [1, 3, 4, 7, 15, 16, 17, 31, 33, 63, 65, 100])
    func `an output may stand where an input stands`(count: Int) throws {
        for function in ["relu", "relu6", "gelu", "silu", "hardswish", "hardsigmoid", "sigmoid"] {
            try expectOverwriting(Activation.kind, "function=\(function),elements=\(count)")
        }
        try expectOverwriting(Add.kind, "elements=\(count)")
        try expectOverwriting(Add.kind, "elements=\(count),alpha=0.9,beta=0.1,eps=true")
        try expectOverwriting(BiasAdd.kind, "rows=5,f=\(count),act=silu")
        try expectOverwriting(GatedAdd.kind, "rows=5,f=\(count)")
        try expectOverwriting(GRUGates.kind, "rows=5,f=\(count)")
        try expectOverwriting(Identity.kind, "elements=\(count)")
        try expectOverwriting(ChannelScale.kind, "n=2,h=2,w=3,c=\(count)")
        try expectOverwriting(ChannelScale.kind, "n=2,h=2,w=3,c=\(count),learned=true")
    }

    /// Every implementation, the reference too, gives the same over each input that may be written over.
    private func expectOverwriting(_ kind: Kind, _ text: String) throws {
        let workload = try workload(kind, text)
        #expect(!workload.overwritable.isEmpty)
        for implementation in workload.allImplementations {
            for threads in implementation.threading == .any ? [1, 3] : [1] {
                for name in workload.overwritable {
                    let apart = try Operands(allocating: workload.operands)
                    try workload.fill(apart, seed: 1)
                    try implementation.prepare(apart, implementation.setting(threads: threads)).run()
                    let filled = try Operands(allocating: workload.operands)
                    try workload.fill(filled, seed: 1)
                    var tensors: [String: Tensor] = [:]
                    for operand in workload.operands { tensors[operand.name] = filled[operand.name] }
                    tensors["y"] = filled[name]
                    // The reference computes when it is prepared, and would again when it runs.
                    if implementation.name == "reference" {
                        try workload.reference(Operands(tensors))
                    } else {
                        try implementation.prepare(Operands(tensors), implementation.setting(threads: threads)).run()
                    }
                    let same = filled[name].elements == apart["y"].elements
                    #expect(same, "\(workload.name)/\(implementation.name)/t\(threads) over \(name)")
                }
            }
        }
    }
}

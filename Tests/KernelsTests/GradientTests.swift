import Kernels
import Tensors
import TestSupport
import Testing
import Workloads

/// Gradients against central differences: of the sum of an output's elements, each times a number of its own.
@Suite struct GradientTests {
    @Test(arguments: [
        "function=relu", "function=relu6", "function=gelu", "function=gelu_tanh", "function=silu", "function=hardswish",
        "function=hardsigmoid", "function=sigmoid", "function=tanh", "function=elu",
    ]) func activations(function: String) throws {
        try expectGradients(Activation.kind, function + ",elements=37", of: ["x"])
        try expectAgreement(ActivationBackward.kind, function + ",elements=1")
        try expectAgreement(ActivationBackward.kind, function + ",elements=1003")
    }

    @Test(arguments: ["", ",bias=true", ",bias=true,act=relu", ",residual=true", ",bias=true,residual=true,act=relu"])
    func products(epilogue: String) throws {
        for shape in ["m=1,k=5,n=3", "m=4,k=1,n=1", "m=7,k=3,n=9,transposed=true"] {
            let others = ["bias", "residual"].filter { epilogue.contains("\($0)=") }
            try expectGradients(MatMul.kind, shape + epilogue, of: ["x", "weight"] + others)
        }
    }

    @Test func elementwiseKernels() throws {
        try expectGradients(BiasAdd.kind, "rows=5,features=3", of: ["x", "bias"])
        try expectGradients(BiasAdd.kind, "rows=5,features=3,act=relu", of: ["x", "bias"])
        try expectGradients(Add.kind, "elements=9", of: ["a", "b"])
        try expectGradients(Add.kind, "elements=9,alpha=0.5,beta=-2", of: ["a", "b"])
        try expectGradients(Scale.kind, "elements=9,factor=-0.25", of: ["x"])
        try expectGradients(Identity.kind, "elements=9", of: ["x"])
    }

    @Test(arguments: [
        "nodes=1,edges=3", "nodes=17,edges=60", "nodes=9,edges=4",
        "graph=uniform,nodes=5,sources=8,edges=23",
    ]) func aggregations(graph: String) throws {
        try expectGradients(GSpMM.kind, graph + ",f=6,message=copy_u", of: ["u"])
        for numbers in [1, 2, 6] {
            try expectGradients(GSpMM.kind, graph + ",f=6,message=u_mul_e,e=\(numbers)", of: ["u", "e"])
        }
        try expectGradients(GSpMM.kind, graph + ",f=6,message=copy_e,e=6", of: ["e"])
        try expectGradients(SpMM.kind, graph + ",f=3,weighted=true", of: ["x", "values"])
        let update = ",f=6,message=copy_u,bias=true,act=relu,factor=0.5,own=true,own_factor=-2"
        if !graph.contains("sources") { try expectGradients(GSpMM.kind, graph + update, of: ["u", "own", "bias"]) }
    }

    @Test func unknownGradientsAreRefused() throws {
        let largest = try workload(GSpMM.kind, "nodes=5,edges=9,f=2,message=copy_u,reduce=max")
        #expect(throws: ShapeError.self) { _ = try (largest as? any Differentiable)?.backward(to: ["u"]) }
    }

    @Test func transposedGraphsAgree() throws {
        for graph in ["nodes=1,edges=0", "nodes=1,edges=9", "nodes=97,edges=11", "nodes=64,edges=997"] {
            try expectAgreement(TransposedGraph.kind, graph)
        }
        try expectAgreement(TransposedGraph.kind, "graph=uniform,nodes=5,sources=80,edges=123")
    }

    @Test func lossesAndStepsAgree() throws {
        for shape in ["rows=1,classes=1", "rows=1,classes=9", "rows=33,classes=7", "rows=5,classes=1000"] {
            try expectAgreement(CrossEntropy.kind, shape)
            try expectAgreement(CrossEntropy.kind, shape + ",labelled=0.5")
            try expectAgreement(CrossEntropy.kind, shape + ",labelled=0")
        }
        try expectAgreement(ColumnSum.kind, "rows=1,features=1")
        try expectAgreement(ColumnSum.kind, "rows=1000,features=37")
        for elements in [1, 15, 1003] {
            try expectAgreement(SGD.kind, "elements=\(elements)")
            try expectAgreement(SGD.kind, "elements=\(elements),momentum=0.9,weight_decay=0.5")
            try expectAgreement(Adam.kind, "elements=\(elements)")
            try expectAgreement(Adam.kind, "elements=\(elements),weight_decay=0.5")
            try expectAgreement(Adam.kind, "elements=\(elements),weight_decay=0.5,decoupled=true")
        }
    }

    /// The gradient of the mean loss of labelled rows.
    @Test func crossEntropyDescends() throws {
        let workload = try workload(CrossEntropy.kind, "rows=6,classes=4,labelled=0.6")
        let tensors = try Operands(allocating: workload.operands)
        try workload.fill(tensors, seed: 3)
        try workload.reference(tensors)
        let gradient = tensors["dx"].elements
        let x = tensors["x"].floats
        for i in 0..<tensors["x"].count {
            let (before, step) = (x[i], Float(0.0625))
            func loss(_ value: Float) throws -> Double {
                x[i] = value
                try workload.reference(tensors)
                return Double(tensors["loss"].floats[0])
            }
            let slope = (try loss(before + step) - loss(before - step)) / Double(2 * step)
            x[i] = before
            #expect(abs(slope - Double(gradient[i])) < 2e-3)
        }
    }
}

/// Expects that the gradients of some operands are those of central differences. The references compute them.
private func expectGradients(
    _ kind: Kind, _ text: String, of operands: [String], sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let workload = try workload(kind, text)
    let differentiable = try #require(workload as? any Differentiable, sourceLocation: sourceLocation)
    let backward = try differentiable.backward(to: Set(operands))
    let tensors = try Operands(allocating: workload.operands)
    try workload.fill(tensors, seed: 5)
    try workload.reference(tensors)
    let output = try #require(workload.operands.first { $0.role == .output })
    let cotangent = try Tensor(.f32, output.shape)
    Values.input.fill(cotangent, name: "cotangent", seed: 7)

    var steps: [Operands] = []
    func tensor(_ source: Backward.Source) -> Tensor {
        switch source {
        case .operand(let name): tensors[name]
        case .gradient: cotangent
        case .step(let number, let name): steps[number][name]
        }
    }
    for step in backward.steps {
        let outputs = try Operands(allocating: step.workload.operands.filter { $0.role == .output })
        let inputs = Operands(step.reads.mapValues(tensor))
        for operand in step.workload.operands where operand.role == .input {
            #expect(
                inputs.optional(operand.name)?.count == operand.shape.count, "\(step.name) \(operand.name)",
                sourceLocation: sourceLocation)
        }
        let all = inputs.with(outputs)
        try step.workload.reference(all)
        steps.append(all)
    }
    for operand in operands {
        let input = tensors[operand]
        let source = try #require(backward.gradients[operand], "\(operand)", sourceLocation: sourceLocation)
        let gradient = tensor(source).elements
        #expect(gradient.count == input.count, sourceLocation: sourceLocation)
        for i in 0..<input.count {
            let (before, step) = (input.floats[i], Float(1) / 512)
            func value(_ x: Float) throws -> Double {
                input.floats[i] = x
                try workload.reference(tensors)
                let y = tensors[output.name]
                return (0..<y.count).reduce(0) { $0 + Double(y.floats[$1]) * Double(cotangent.floats[$1]) }
            }
            let slope = (try value(before + step) - value(before - step)) / Double(2 * step)
            input.floats[i] = before
            let error = abs(slope - Double(gradient[i]))
            #expect(
                error <= 3e-3 * max(1, abs(slope)),
                "\(text): \(operand)[\(i)] has the gradient \(gradient[i]), differences say \(slope)",
                sourceLocation: sourceLocation)
        }
        try workload.reference(tensors)
    }
}

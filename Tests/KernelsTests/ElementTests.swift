import Kernels
import Settings
import Tensors
import Testing
import Workloads

/// Products and convolutions of elements other than `f32`.
@Suite struct ElementTests {
    @Test(
        arguments: [
            "m=1,k=1,n=1", "m=13,k=37,n=40", "b=3,m=5,k=64,n=33,transposed=true", "m=3,k=3000,n=7",
        ], [.bf16, .i8, .u8] as [ElementType])
    func productsAgree(shape: String, element: ElementType) throws { try expectAgreement(MatMul.kind, shape, element) }

    @Test(
        arguments: [
            "ci=3,co=5,h=9,w=7,k=3", "n=2,ci=8,co=12,h=7,w=9,k=3x2,s=2x1,g=4", "ci=6,co=6,h=8,w=5,k=3,g=6,d=2",
            "ci=4,co=4,h=9,w=9,k=1,s=3", "ci=2,co=3,h=5,w=5,k=2,p=3",
        ], [.bf16, .i8, .u8] as [ElementType])
    func convolutionsAgree(shape: String, element: ElementType) throws {
        try expectAgreement(Conv2D.kind, shape, element)
    }

    @Test(arguments: ["bias=true", "bias=true,act=relu6", "residual=true,act=gelu", "bias=true,residual=true,act=silu"])
    func epiloguesAgree(epilogue: String) throws {
        try expectAgreement(MatMul.kind, "m=7,k=19,n=300,\(epilogue)", .bf16)
        try expectAgreement(Conv2D.kind, "ci=4,co=6,h=5,w=7,k=3,\(epilogue)", .bf16)
    }

    /// Operands of a workload by name, made by its plain implementation.
    private func run(_ workload: any Workload, _ given: [String: [Double]]) throws -> Operands {
        let tensors = try Operands(allocating: workload.operands)
        for (name, values) in given {
            for (index, value) in values.enumerated() { tensors[name][index] = value }
        }
        let plain = try #require(workload.implementations.first)
        try plain.prepare(tensors, plain.setting()).run()
        return tensors
    }

    @Test func byHand() throws {
        let bytes = ["x": [127, 127, 127, 3], "weight": [127.0, -128, 127, -128]]
        let signed = try run(workload(MatMul.kind, "m=2,k=2,n=2", .i8), bytes)
        #expect((0..<4).map { signed["y"][$0] } == [32258, -32512, 16510, -16640])
        let unsigned = try run(workload(MatMul.kind, "m=1,k=2,n=2", .u8), bytes.merging(["x": [255, 200]]) { $1 })
        #expect((0..<2).map { unsigned["y"][$0] } == [57785, -58240])
        // 1 + 2^-8 lies between two elements, the lower of which is even; 1 + 3 * 2^-8 between two of which the upper is.
        let half = try run(
            workload(MatMul.kind, "m=2,k=2,n=1", .bf16), ["x": [1, 0x1p-8, 1, 0x3p-8], "weight": [1, 1]])
        #expect((0..<2).map { half["y"][$0] } == [1, 1 + 0x1p-6])
    }

    @Test func whatAnOperandBecomes() throws {
        let conv = try workload(Conv2D.kind, "ci=4,co=6,h=5,w=5,k=3", .u8)
        #expect(conv.operands.map(\.element) == [.u8, .i8, .i32])
        #expect(conv.name == "conv2d[n=1,ci=4,co=6,h=5,w=5,k=3,s=1,d=1,p=1,g=1,bias=false]")
        let costs = Costs(conv)
        #expect(costs.inputBytes == 100 && costs.weightBytes == 6 * 4 * 9 && costs.outputBytes == 4 * 150)
        #expect(costs.intensity == Double(2 * 25 * 6 * 36) / Double(100 + 216 + 600))
        let gaps = try conv.with([
            "s": .extent(height: 2, width: 2), "k": .extent(height: 1, width: 1), "p": .extent(height: 0, width: 0),
        ])
        #expect(gaps.element == .u8 && gaps.unreadBytes == (25 - 9) * 4)
        let half = try workload(MatMul.kind, "m=2,k=3,n=5,bias=true,residual=true", .bf16)
        #expect(half.operands.allSatisfy { $0.element == .bf16 })
        #expect(Costs(half).leastTraffic == 2 * (6 + 15 + 5 + 10 + 10))
        #expect(half.operands.last?.exact.element == .f32)
        #expect(half.referenceBytes == 4 * 10 + 4 * (6 + 15 + 5 + 10))
    }

    /// A judge of `bf16` sees what is cut off, or rounded on the way, and one of bytes whatever is one off.
    @Test func whatIsLessThanRightIsFound() throws {
        func share(_ element: ElementType, change: (Float) -> Double) throws -> Double {
            let workload = try workload(MatMul.kind, "m=13,k=37,n=40", element)
            let tensors = try Operands(allocating: workload.operands)
            try workload.fill(tensors, seed: 1)
            let expected = try workload.expectedOperands(for: tensors)
            try workload.reference(expected)
            let (y, exact) = (tensors["y"], expected["y"])
            for i in 0..<y.count { y[i] = change(Float(exact[i])) }
            return try #require(workload.deviation(of: tensors, from: expected)).share
        }
        #expect(try share(.bf16) { Double($0) } <= 1)
        #expect(try share(.bf16) { Double(Float(bitPattern: $0.bitPattern & 0xFFFF_0000)) } > 1)
        #expect(try share(.bf16) { Double($0) * 1.01 } > 1)
        #expect(try share(.i8) { Double($0) } == 0)
        #expect(try share(.i8) { Double($0) + ($0 == 0 ? 0 : 1) } == .infinity)
    }

    @Test(
        arguments: [
            ("bias=true", .i8, "sums of i8 are left as they are, without bias, activation and residual"),
            ("act=relu", .u8, "sums of u8 are left as they are, without bias, activation and residual"),
            ("transposed=true", .i32, "no implementation of matmul computes i32"),
        ] as [(String, ElementType, String)])
    func whatThereIsNot(more: String, element: ElementType, message: String) throws {
        let error = #expect(throws: ShapeError.self) { try workload(MatMul.kind, "m=1,k=2,n=3,\(more)", element) }
        #expect(error?.message == message && error?.parameter == "element")
    }

    @Test func sumsThatMayOverflow() throws {
        _ = try workload(MatMul.kind, "m=1,k=65793,n=1", .u8)
        let error = #expect(throws: ShapeError.self) { try workload(MatMul.kind, "m=1,k=65794,n=1", .u8) }
        #expect(error?.message == "sums of 65794 products of u8 may overflow 32 bits")
        _ = try workload(MatMul.kind, "m=1,k=65794,n=1", .bf16)
    }

    /// Nine tenths and one element of zeros prove nothing; but rows of a graph that no edge leads to have to be zero.
    @Test func answersThatProveNothing() throws {
        func isVacuous(_ kind: Kind, _ text: String, change: (Operands) -> Void) throws -> Bool {
            let workload = try workload(kind, text)
            let tensors = try Operands(allocating: workload.operands)
            try workload.fill(tensors, seed: 1)
            try workload.reference(tensors)
            change(tensors)
            return workload.vacuousOutput(of: tensors, expected: tensors) != nil
        }
        func zero(_ count: Int, _ name: String = "y") -> (Operands) -> Void {
            { tensors in for i in 0..<count { tensors[name][i] = 0 } }
        }
        #expect(try !isVacuous(MatMul.kind, "m=10,k=5,n=10", change: zero(90)))
        #expect(try isVacuous(MatMul.kind, "m=10,k=5,n=10", change: zero(91)))
        #expect(try !isVacuous(MatMul.kind, "m=3,k=5,n=10", change: zero(30)))
        #expect(
            try !isVacuous(MatMul.kind, "m=10,k=5,n=10") {
                zero(100)($0)
                zero(50, "x")($0)
                zero(50, "weight")($0)
            })
        #expect(try !isVacuous(SpMM.kind, "graph=uniform,nodes=3000,edges=40,f=4") { _ in })
        #expect(try !isVacuous(SpMM.kind, "graph=uniform,nodes=3000,edges=40,f=4,reduce=max") { _ in })
        #expect(try isVacuous(SpMM.kind, "graph=uniform,nodes=3000,edges=40,f=4", change: zero(12000)))
        #expect(try !isVacuous(NonMaximumSuppression.kind, "boxes=1000,classes=1,iou=0,keep=1000") { _ in })
        #expect(try !isVacuous(BoxDecode.kind, "h=64,w=48,classes=5,top=1000,threshold=0.8") { _ in })
    }
}

import Settings
import Tensors
import Testing
import Workloads

@Suite struct ToleranceTests {
    /// Outputs of sums that are given.
    private struct Judged: Kernel {
        static let schema = Schema("judged", "for tests", [], example: "")
        let arguments = Arguments()
        var operands: [Operand] = []
        let macs = 0
        let elementOperations: [ElementOperations] = []
        let reductionLength = 1
        var sums: [Sums]?
        let implementations: [Implementation] = []

        init(_ arguments: Arguments) {}

        init(count: Int, sums: [Sums]? = nil) throws {
            operands = [try .output("y", [count], layout: "N")]
            self.sums = sums
        }

        func sums(behind output: Operand, in tensors: Operands) -> [Sums] {
            sums ?? [Sums(elements: output.shape.count, length: reductionLength)]
        }

        func reference(_ tensors: Operands) {}
    }

    private func operands(_ values: [Float]) throws -> Operands {
        let tensor = try Tensor(.f32, try #require(Shape([values.count])))
        for (i, value) in values.enumerated() { tensor.floats[i] = value }
        return Operands(["y": tensor])
    }

    private func deviation(_ answer: [Float], _ reference: [Float], sums: [Sums]? = nil) throws -> Deviation? {
        try Judged(count: answer.count, sums: sums).deviation(of: operands(answer), from: operands(reference))
    }

    private func error(_ answer: [Float], _ reference: [Float]) throws -> (largest: Double, index: Int) {
        try deviation(answer, reference).map { ($0.error, $0.index) } ?? (0, 0)
    }

    @Test func everyTypeHasItsOwn() {
        func bound(_ element: ElementType) -> Double { Tolerance(reductionLength: 16, element: element).bound }
        #expect(bound(.f32) == 48 * 0x1p-24 && bound(.bf16) == 48 * 0x1p-24 + 0x1p-8)
        #expect([.i8, .u8, .i32, .i64].allSatisfy { bound($0) == 0 })
    }

    /// An error is held against the elements whose sums are as long, and against what the operands say of them.
    @Test func toleranceOfItsOwnSum() throws {
        let reference: [Float] = [1000, -1000, 1, -1, 0]
        let sums = [
            Sums(elements: 2, length: 10_000), Sums(elements: 2, length: 1), Sums(elements: 1, length: 4, scale: 0.5),
        ]
        #expect(try deviation(reference, reference, sums: sums)?.error == 0)
        let second = try #require(try deviation([1000, -1000, 1, -1.0001, 0], reference, sums: sums))
        #expect(second.index == 3 && !second.isTolerable && second.reductionLength == 1)
        #expect(try deviation([1000, -1000, 1, -1.0001, 0], reference)?.isTolerable == true)
        let third = try #require(try deviation([1000, -1000, 1, -1, 1e-6], reference, sums: sums))
        #expect(third.index == 4 && third.isTolerable && abs(third.error - 2e-6) < 1e-12)
        #expect(third.tolerance == 40 * 0x1p-24)
        // Furthest is which uses most of its tolerance, not which has the largest error.
        let both = try #require(try deviation([1000.01, -1000, 1, -1.000003, 0], reference, sums: sums))
        #expect(both.index == 3)
        #expect("\(both)".hasPrefix("y[3] is -1.000003, the reference -1.0: error "))
    }

    @Test func boundGrowsWithTheRootOfTheLength() {
        #expect(Tolerance(reductionLength: 1).bound == 36 * 0x1p-24)
        #expect(Tolerance(reductionLength: 0).bound == 36 * 0x1p-24)
        #expect(Tolerance(reductionLength: 10_000).bound == 432 * 0x1p-24)
        #expect(Tolerance(reductionLength: 10_000, errorGrowth: 8).bound == 3232 * 0x1p-24)
    }

    @Test func relativeWhereLarge() throws {
        let found = try error([1, 2, 101], [1, 2, 100])
        #expect(found.largest == 0.01)
        #expect(found.index == 2)
    }

    /// Where terms cancelled the scale is that of the whole tensor: the root of the mean square.
    @Test func relativeToTheScaleWhereSmall() throws {
        let found = try error([3, 4, 0.5], [3, 4, 0])
        #expect(abs(found.largest - 0.5 / (25.0 / 3).squareRoot()) < 1e-12)
        #expect(found.index == 2)
    }

    @Test func equal() throws {
        let values: [Float] = [0, -0.0, 1, .nan, .infinity, -.infinity]
        #expect(try error(values, values).largest == 0)
        #expect(try error([0], [-0.0]).largest == 0)
        #expect(try error([], []).largest == 0)
    }

    @Test(
        arguments: [
            (Float.nan, 1), (1, .nan), (.infinity, 1), (1, .infinity), (.infinity, -.infinity), (.nan, .infinity),
        ] as [(Float, Float)]) func oddValuesDisagree(answer: Float, reference: Float) throws
    {
        let found = try error([2, answer], [2, reference])
        #expect(found.largest == .infinity)
        #expect(found.index == 1)
    }

    @Test func referenceOfZeros() throws {
        #expect(try error([0, 0], [0, 0]).largest == 0)
        #expect(try error([0, 1e-6], [0, 0]).largest > 1)
        // The least number that is not 0 is nothing beside the least normal one.
        #expect(try error([0, .leastNonzeroMagnitude], [0, 0]).largest < 1e-6)
    }
}

@Suite struct ProductTests {
    @Test func products() throws {
        #expect(try product() == 1)
        #expect(try product(3, 4, 5) == 60)
        #expect(try product(1 << 30, 0) == 0)
        #expect(try product(.max / 8) == .max / 8)
    }

    @Test(arguments: [[Int.max, 2], [.max / 8 + 1, 1], [1 << 31, 1 << 31], [.min, -1], [.min, 1]])
    func overflows(factors: [Int]) {
        let error = #expect(throws: ShapeError.self) { try product(factors[0], factors[1]) }
        #expect(error?.message == "\(factors[0]) x \(factors[1]) overflows a count")
    }
}

@Suite struct CostsTests {
    private struct Sum: Kernel {
        static let schema = Schema("sum", "adds", [.count("n", "elements")], example: "n=3")
        let arguments: Arguments
        let operands: [Operand]
        let macs: Int

        init(_ arguments: Arguments) throws(ShapeError) {
            self.arguments = arguments
            let n = arguments.int("n")
            operands = [
                try .input("a", [n, 4], layout: "NC"), try .indices("rows", n, layout: "N"),
                try .weight("w", [4, 2], layout: "IO", fanIn: 4), try .shift("b", 2),
                try .output("y", [n, 2], layout: "NC"),
            ]
            macs = try product(n, 8)
        }

        var elementOperations: [ElementOperations] { [ElementOperations("add", 2 * arguments.int("n"))] }
        var reductionLength: Int { 4 }
        var implementations: [Implementation] { [.direct("plain", "nothing") { _ in }] }
        func reference(_ tensors: Operands) {}
    }

    @Test func counted() throws {
        let sum = try Sum(Sum.schema.arguments(from: [.init("n", "10")]))
        let costs = Costs(sum)
        #expect((costs.macs, costs.flops) == (80, 160))
        #expect((costs.parameters, costs.weightBytes) == (10, 40))
        #expect((costs.inputBytes, costs.outputBytes, costs.operandBytes) == (200, 80, 280))
        #expect(costs.leastTraffic == 320)
        #expect(costs.intensity == 0.5)
        #expect(costs.elementOperations == [ElementOperations("add", 20)])
        #expect(sum.name == "sum[n=10]")
        #expect(sum.allImplementations.map(\.name) == ["plain", "reference"])
    }

    /// The largest shapes that can be made: their bytes add up without overflow.
    @Test func hugeOperands() throws {
        struct Many: Kernel {
            static let schema = Schema("many", "many operands", [], example: "")
            let arguments: Arguments
            let operands: [Operand]
            init(_ arguments: Arguments) throws(ShapeError) {
                self.arguments = arguments
                var operands: [Operand] = []
                for i in 0..<100 { operands.append(try .input("x\(i)", [1 << 45], layout: "N")) }
                self.operands = operands
            }
            let macs = 0
            let elementOperations: [ElementOperations] = []
            let reductionLength = 1
            var implementations: [Implementation] { [] }
            func reference(_ tensors: Operands) {}
        }
        #expect(Costs(try Many(Arguments())).inputBytes == 100 << 47)
        #expect(throws: ShapeError.self) { try Operand.input("x", [1 << 23, 1 << 23], layout: "MK") }
    }

    @Test func filledByName() throws {
        let sum = try Sum(Sum.schema.arguments(from: [.init("n", "10")]))
        let tensors = try Operands(allocating: sum.operands)
        try sum.fill(tensors, seed: 5)
        let draws = Draws("w", seed: 5)
        let bound = Float((6.0 / 4).squareRoot())
        #expect(tensors["w"].floats[3] == (2 * draws.unit(3) - 1) * bound)
        #expect((0..<10).allSatisfy { tensors["rows"].ints[$0] == 0 })
        #expect((0..<20).allSatisfy { tensors["y"].floats[$0] == 0 })
        #expect(tensors.optional("bias") == nil)
        let fresh = try tensors.withFreshOutputs(of: sum.operands)
        #expect(fresh["y"] !== tensors["y"] && fresh["w"] === tensors["w"])
    }
}

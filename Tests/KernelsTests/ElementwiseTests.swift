import Foundation
import Kernels
import Tensors
import Testing
import Workloads

@Suite struct ElementwiseTests {
    private static let functions = ["relu", "relu6", "gelu", "gelu_tanh", "silu", "hardswish", "sigmoid"]

    @Test(arguments: functions, [1, 2, 7, 15, 16, 17, 1009]) func activationsAgree(function: String, count: Int) throws
    {
        try expectAgreement(Activation.kind, "function=\(function),elements=\(count)")
    }

    @Test(arguments: [1, 2, 3, 4, 5, 8, 15, 16, 17, 31, 32, 33, 48, 1009]) func sumsAgree(count: Int) throws {
        try expectAgreement(Add.kind, "elements=\(count)")
    }

    @Test func addByHand() throws {
        let y = try reference(Add.kind, "elements=3", ["a": [1, -2, 0.5], "b": [2, 2, .infinity]])
        #expect(y == [3, 0, .infinity])
    }

    @Test(
        arguments: [
            ("relu", [0, 0, 0, 1, 8]), ("relu6", [0, 0, 0, 1, 6]), ("hardswish", [0, -1.0 / 3, 0, 2.0 / 3, 8]),
            ("sigmoid", [0.000_335_350_13, 0.268_941_42, 0.5, 0.731_058_6, 0.999_664_64]),
            ("silu", [-0.002_682_801, -0.268_941_42, 0, 0.731_058_6, 7.997_317]),
            ("gelu", [-4.976_89e-15, -0.158_655_25, 0, 0.841_344_8, 8]),
            ("gelu_tanh", [0, -0.158_808, 0, 0.841_192, 8]),
        ] as [(String, [Float])])
    func activationsByHand(function: String, expected: [Float]) throws {
        let y = try reference(
            Activation.kind, "function=\(function),elements=5", ["x": [-8, -1, 0, 1, 8]])
        for (found, expected) in zip(y, expected) { #expect(abs(found - expected) <= 1e-6) }
    }

    /// Over all magnitudes, and where the formulas leave the numbers.
    @Test(arguments: functions) func specialValues(function: String) throws {
        let positive: [Float] = [
            0, .leastNonzeroMagnitude, 1e-38, 1e-20, 1e-6, 0.1, 0.999, 2.999, 3, 3.001, 5.5, 6, 6.001, 9, 20, 87, 88.8,
            100, 104, 1e4,
            1e20, .greatestFiniteMagnitude, .infinity, .nan,
        ]
        let values = positive + positive.map { -$0 }
        let workload = try workload(Activation.self, "function=\(function),elements=\(values.count)")
        // Each is judged by its own magnitude, or its input's, not by that of all of them.
        let tensors = try Operands(allocating: workload.operands)
        tensors["x"].fill { values[$0] }
        workload.reference(tensors)
        let exact = tensors["y"].elements
        try workload.implementations[0].prepare(tensors, workload.implementations[0].setting()).run()
        for (i, found) in tensors["y"].elements.enumerated() {
            let (x, y) = (values[i], exact[i])
            let scale = max(1, min(abs(x), 100))
            let agree =
                found == y || found.isNaN && y.isNaN || abs(found - y) <= scale * 1e-6 || abs(found / y - 1) < 1e-6
            #expect(agree, "\(function)(\(x)): \(found), not \(y)")
        }
    }

    @Test func errorFunctionStaysBelowTheDocumentedBound() {
        var worst = 0.0
        for bits in stride(from: Float(0x1p-30).bitPattern, through: Float(4).bitPattern, by: 251) {
            let x = Float(bitPattern: bits)
            let exact = erf(Double(x))
            // 1 itself is the least number of the next binade.
            let unit = min(Double(Float(exact).ulp), 0x1p-24)
            worst = max(worst, abs(Double(errorFunction(x)) - exact) / unit)
            worst = max(worst, abs(Double(errorFunction(-x)) + exact) / unit)
        }
        #expect(worst < 7.2)
        #expect(worst > 1)
    }

    @Test func errorFunctionAtTheEnds() {
        #expect(errorFunction(0) == 0)
        #expect(errorFunction(.infinity) == 1)
        #expect(errorFunction(-.infinity) == -1)
        #expect(errorFunction(.greatestFiniteMagnitude) == 1)
        #expect(errorFunction(.nan).isNaN)
        #expect(errorFunction(-2) == -errorFunction(2))
    }

    @Test func costs() throws {
        let add = Costs(try workload(Add.self, "elements=12"))
        #expect(add.macs == 0 && add.inputBytes == 96 && add.outputBytes == 48)
        #expect(add.elementOperations == [ElementOperations("add", 12)])
        let gelu = try workload(Activation.self, "function=gelu,elements=12")
        #expect(gelu.macs == 0)
        #expect(
            gelu.elementOperations == [
                ElementOperations("erf", 12), ElementOperations("multiply", 36), ElementOperations("add", 12),
            ])
        #expect(try workload(Activation.self, "elements=12").name == "activation[function=relu,elements=12]")
    }

    @Test func impossibleShapes() {
        let error = #expect(throws: ShapeError.self) { try workload(Activation.self, "function=gelo,elements=1") }
        #expect(error?.remedy.contains("gelu") == true)
        #expect(throws: ShapeError.self) { try workload(Activation.self, "function=gelu,elements=0") }
        #expect(throws: ShapeError.self) { try workload(Activation.self, "function=gelu") }
        #expect(throws: ShapeError.self) { try workload(Add.self, "elements=-3") }
    }
}

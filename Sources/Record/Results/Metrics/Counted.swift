extension Metric {
    package static let macs = counted("macs", "MACs", unit: "MAC") { Double($0.macs) }

    /// MACs that the implementation executes, if they differ from those of the shape.
    package static let executedMACs = counted("executed_macs", "Executed MACs", unit: "MAC") {
        $0.executedMACs.map(Double.init)
    }

    /// Two per MAC.
    package static let flops = counted("flops", "FLOPs", unit: "FLOP") { Double($0.flops) }

    /// FLOPs, plus one for each element operation that is not a MAC.
    package static let operations = counted("operations", "Operations", unit: "op") { Double($0.operations) }

    /// The number of elements in all weights.
    package static let parameters = counted("parameters", "Parameters", unit: "1") { Double($0.parameters) }

    package static let weightBytes = counted("weight_bytes", "Weights", unit: "B") { Double($0.weightBytes) }

    /// Inputs and outputs.
    package static let operandBytes = counted("operand_bytes", "Operands", unit: "B") { Double($0.operandBytes) }

    /// Weights, inputs and outputs, each read or written once, without inputs on which no output depends.
    package static let leastTraffic = counted("least_traffic", "Least traffic", unit: "B") { Double($0.leastTraffic) }

    /// FLOPs per byte of the least traffic.
    package static let intensity = counted("intensity", "Arithmetic intensity", unit: "FLOP/B", better: .neither) {
        $0.leastTraffic > 0 ? Double($0.flops) / Double($0.leastTraffic) : nil
    }

    /// A metric that depends only on the shape.
    private static func counted(
        _ name: String, _ title: String, unit: String, better: Better = .lower,
        _ value: @escaping @Sendable (CountedCosts) -> Double?
    ) -> Metric {
        exact(name, title, unit: unit, better: better) { $0.costs.flatMap(value) }
    }
}

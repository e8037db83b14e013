import Foundation
import Reports
import Results
import Testing

/// One implementation has one colour in every picture of every report.
@Suite struct StyleTests {
    private static let kernels = ["conv2d", "matmul", "spmm", "softmax"]

    private func run(_ implementations: [String]) -> Run {
        var records: [Record] = []
        for (place, kernel) in Self.kernels.enumerated() {
            for (number, implementation) in implementations.enumerated() {
                for size in [1, 2, 4] {
                    records.append(
                        Synthetic.record(
                            "\(kernel) \(size)", name: kernel, implementation: implementation,
                            parameters: ["size": "\(size)"], macs: 1_000_000 * size * (place + 1),
                            seconds: 1e-3 * Double(size * (number + 1))))
                }
            }
        }
        return Synthetic.run(
            records,
            plots: [
                PlotRequest(kind: "bars"), PlotRequest(kind: "bars", filters: ["/plain/"]),
                PlotRequest(kind: "lines", x: "size", filters: ["spmm"]), PlotRequest(kind: "scatter"),
                PlotRequest(kind: "roofline"), PlotRequest(kind: "roofline", series: "implementation"),
            ])
    }

    /// The clauses that draw series, by what the key calls them.
    private func looks(_ runs: [Run]) -> [(name: String, color: String, symbol: String?)] {
        PlotCatalog.plots(of: runs).plots.flatMap { PlottedScript($0).clauses }.compactMap { clause in
            guard let name = clause.text.firstMatch(of: /title '(.*)'/)?.1,
                let color = clause.text.firstMatch(of: /linecolor '(#\w+)'/)?.1
            else { return nil }
            return (String(name), String(color), clause.text.firstMatch(of: /pointtype (\d+)/).map { String($0.1) })
        }
    }

    @Test func anImplementationHasOneColour() {
        // In two reports, with others beside it.
        let all =
            looks([run(["plain", "native"])]) + looks([run(["winograd", "mine", "native", "openblas", "plain"])])
        for implementation in ["native", "plain", "openblas", "winograd", "mine"] {
            let colors = Set(all.filter { $0.name.contains(implementation) }.map(\.color))
            #expect(colors.count == 1, "\(implementation): \(colors)")
        }
        #expect(Set(all.map(\.color)).count == 5)
    }

    @Test func inCloudsTheSymbolIsTheKernel() {
        let clouds = looks([run(["plain", "native"])]).filter { $0.name.contains(", ") }
        #expect(clouds.count == 2 * 2 * Self.kernels.count)
        let symbols = Self.kernels.map { kernel in Set(clouds.filter { $0.name.hasPrefix(kernel) }.map(\.symbol)) }
        #expect(symbols.allSatisfy { $0.count == 1 } && Set(symbols).count == Self.kernels.count)
    }

    @Test func machinesAndNotCommitsLabelAReportOverMachines() throws {
        var other = run(["native"])
        other.id = "2"
        other.header.machine.processor = "Another CPU 7"
        other.header.commit?.hash = "fedcba9876543210"
        let runs = [run(["native"]), other]
        #expect(runs[0].machine != runs[1].machine)
        let names = Set(looks(runs).map(\.name))
        #expect(names.contains { $0.contains(runs[0].machine) } && names.contains { $0.contains(runs[1].machine) })
        #expect(!names.contains { $0.contains("0123456789ab") || $0.contains("fedcba987654") })
    }
}

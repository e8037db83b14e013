import Foundation
import Reports

/// A script as gnuplot would understand it, as far as ours go: which points each plot command draws, and within which ranges.
struct PlottedScript {
    struct Clause {
        let block: String
        let style: String
        let text: String
        let points: [(x: Double, y: Double)]
    }

    /// Points that lie outside of the ranges that hold where they are drawn, in words.
    private(set) var outside: [String] = []
    private(set) var clauses: [Clause] = []
    private var ranges: [String: ClosedRange<Double>] = [:]
    private var blocks: [String: [[Double]]] = [:]

    init(_ plot: Plot) { self.init(plot.script) }

    init(_ script: PlotScript) {
        for statement in script.statements {
            switch statement {
            case .block(let name, let rows):
                blocks[name] = rows.map { $0.split(separator: " ").map { Double($0) ?? .nan } }
            case .line(let line):
                if let range = line.wholeMatch(of: /set ([xy])range \[(.+):(.+)\]/),
                    let one = Double(range.2), let other = Double(range.3)
                {
                    ranges[String(range.1)] = min(one, other)...max(one, other)
                } else if line.hasPrefix("plot ") {
                    for clause in line.dropFirst(5).split(separator: ", \\\n    ") where !clause.hasPrefix("NaN ") {
                        draw(String(clause))
                    }
                }
            }
        }
    }

    private mutating func draw(_ clause: String) {
        guard let parts = clause.firstMatch(of: /^\$(\w+) using (\S+) with (\w+)/), let rows = blocks[String(parts.1)],
            let x = ranges["x"], let y = ranges["y"]
        else {
            outside.append("not understood: \(clause)")
            return
        }
        let columns = parts.2.split(separator: ":").map(String.init)
        let style = String(parts.3)
        var points: [(x: Double, y: Double)] = []
        for row in rows {
            let values = columns.map { Self.value($0, of: row) }
            guard let drawn = Self.points(values, style: style) else {
                outside.append("not understood: \(clause)")
                return
            }
            points += drawn.filter { !$0.x.isNaN && !$0.y.isNaN }
        }
        for point in points where !Self.holds(x, point.x) || !Self.holds(y, point.y) {
            outside.append("\(point) of \(clause), x \(x), y \(y)")
        }
        clauses.append(Clause(block: String(parts.1), style: style, text: clause, points: points))
    }

    private static func holds(_ range: ClosedRange<Double>, _ value: Double) -> Bool {
        // What is computed from two columns is rounded.
        let slack = 1e-9 * max(abs(range.lowerBound), abs(range.upperBound))
        return value >= range.lowerBound - slack && value <= range.upperBound + slack
    }

    /// A column of `using`: `3`, `(0)`, `($4-$3)`, `(1.5-$1)`.
    private static func value(_ column: String, of row: [Double]) -> Double {
        func term(_ text: Substring) -> Double {
            text.hasPrefix("$") ? Int(text.dropFirst()).map { row[$0 - 1] } ?? .nan : Double(text) ?? .nan
        }
        if let number = Int(column) { return row[number - 1] }
        let inner = column.dropFirst().dropLast()
        if let difference = inner.wholeMatch(of: /(.+)-(\$\d+)/) { return term(difference.1) - term(difference.2) }
        return term(inner)
    }

    /// Nil for a style that none of ours has.
    private static func points(_ values: [Double], style: String) -> [(x: Double, y: Double)]? {
        switch style {
        case "points", "lines", "linespoints": [(values[0], values[1])]
        case "vectors": [(values[0], values[1]), (values[0] + values[2], values[1] + values[3])]
        case "boxxyerror": [(values[0], values[1]), (values[2], values[4]), (values[3], values[5])]
        default: nil
        }
    }
}

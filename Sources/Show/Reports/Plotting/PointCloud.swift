#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Points of several series on two axes. If both are logarithmic, lines of constant slope with their names can be drawn
/// behind the points.
struct PointCloud {
    struct Series {
        let name: String
        /// The one that all points share; nil if they have several.
        let implementation: String?
        let kernel: String?
        let points: [(x: Double, y: Double)]

        init(name: String, entries: [Entry], points: [(x: Double, y: Double)]) {
            self.name = name
            self.points = points
            implementation = entries.sharedImplementation
            kernel = entries.sharedKernel
        }
    }

    let across: Axis
    let up: Axis
    let series: [Series]
    let styles: Styles

    private static let frame = (width: 560, height: 420)
    /// The share of the height that a line of small text takes.
    static let lineShare = 15.0 / Double(frame.height)

    func plot(name: String, title: String, subject: String, notes: [String], right: Int) -> Plot {
        var plot = Plot(
            name: name, title: title, subject: subject, notes: notes, frame: Self.frame, left: up.width,
            right: right, key: series.map(\.name))
        plot.set(across.commands("x") + up.commands("y"))
        return plot
    }

    /// Adds the points, on top of everything. Zeros, which a logarithmic axis cannot hold, become arrow heads at its
    /// end.
    func drawPoints(in plot: inout Plot) {
        let styles = styles.points(series.map { ($0.implementation, $0.kernel) })
        for (index, one) in series.enumerated() where !one.points.isEmpty {
            let style = styles[index]
            for point in one.points where !isShown(point) {
                if up.holds(point.y) { plot.arrowHead(atEdge: 0, along: "x", other: point.y, color: style.color) }
                if across.holds(point.x) { plot.arrowHead(atEdge: 0, along: "y", other: point.x, color: style.color) }
            }
            let shown = one.points.filter(isShown)
            if !shown.isEmpty { plot.block("series\(index + 1)", rows: shown.map { [$0.x, $0.y] }) }
            // The key also names series that have only arrow heads.
            let source = shown.isEmpty ? "NaN" : "$series\(index + 1) using 1:2"
            plot.draw(
                "\(source) with points pointtype \(style.pointType) pointsize 1.1 linewidth 1.4 "
                    + "linecolor '\(style.color)' \(Plot.titled(one.name, of: series.count))")
        }
    }

    private func isShown(_ point: (x: Double, y: Double)) -> Bool { across.holds(point.x) && up.holds(point.y) }

    /// The angle, in degrees, of a line that rises one decade per decade.
    private var angle: Double {
        atan2(
            Double(Self.frame.height) / log10(up.high / up.low),
            Double(Self.frame.width) / log10(across.high / across.low)) * 180 / .pi
    }

    /// Options for a label along such a line, close above or below it.
    func alongside(above: Bool) -> String {
        // Eight pixels from the line, in gnuplot's characters of about 7 by 16.
        let distance = above ? 8.0 : -8.0
        let (x, y) = (-distance * sin(angle * .pi / 180) / 7, distance * cos(angle * .pi / 180) / 16)
        return "rotate by \(Format.fixed(angle, decimals: 1)) "
            + "offset character \(Format.fixed(x, decimals: 2)),\(Format.fixed(y, decimals: 2))"
    }

    /// The share of the x axis that a text along a rising line takes.
    func extent(of text: String) -> Double {
        Double(text.columns * Plot.characterWidth) * cos(angle * .pi / 180) / Double(Self.frame.width)
    }

    /// The distance in pixels between two such lines whose heights have this ratio.
    func pixels(across ratio: Double) -> Double {
        log10(ratio) / log10(up.high / up.low) * Double(Self.frame.height) * cos(angle * .pi / 180)
    }
}

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Points of several series on two logarithmic axes, with lines of constant slope behind them that bear their names.
struct PointCloud {
    struct Series {
        let name: String
        let points: [(x: Double, y: Double)]
    }

    let across: Axis
    let up: Axis
    let series: [Series]

    // The plot's own rectangle, pinned down in pixels: only so can a label run along a slanted line.
    private static let plotWidth = 560.0
    private static let plotHeight = 400.0
    private static let left = 86.0
    private static let below = 74.0
    private static let above = 64.0

    private var keyWidth: Double {
        guard series.count > 1 else { return 24 }
        return 60 + Double((series.map(\.name.count).max() ?? 0) * Picture.characterWidth)
    }

    func picture(name: String, title: String, subject: String, note: String?) -> Picture {
        let width = Self.left + Self.plotWidth + keyWidth
        let height = max(Self.below + Self.plotHeight + Self.above, Double(series.count * 20) + 80)
        var picture = Picture(name: name, title: title, subject: subject, width: Int(width), height: Int(height))
        picture.set([
            "set lmargin at screen \(Self.left / width)",
            "set rmargin at screen \((Self.left + Self.plotWidth) / width)",
            "set bmargin at screen \(Self.below / height)",
            "set tmargin at screen \(1 - Self.above / height)",
            "set key at screen \((Self.left + Self.plotWidth + 14) / width), screen \(1 - Self.above / height) "
                + "left top vertical Left reverse samplen 1",
        ])
        picture.set(across.commands("x", note: note))
        picture.set(up.commands("y"))
        return picture
    }

    /// Adds the points, drawn over all else.
    func drawPoints(in picture: inout Picture) {
        for (index, one) in series.enumerated() where !one.points.isEmpty {
            let style = SeriesStyle.number(index)
            picture.block("series\(index + 1)", rows: one.points.map { [$0.x, $0.y] })
            let title = series.count > 1 ? "title \(PlotScript.quoted(one.name))" : "notitle"
            picture.draw(
                "$series\(index + 1) using 1:2 with points pointtype \(style.pointType) pointsize 1.1 linewidth 1.4 "
                    + "linecolor '\(style.color)' \(title)")
        }
    }

    /// The angle, in degrees, of a line that rises by as many decades as it goes.
    var angle: Double {
        atan2(Self.plotHeight / log10(up.high / up.low), Self.plotWidth / log10(across.high / across.low)) * 180 / .pi
    }

    /// The share of the x axis that a text along a rising line takes.
    func extent(of text: String) -> Double {
        Double(text.count * Picture.characterWidth) * cos(angle * .pi / 180) / Self.plotWidth
    }

    /// The distance in pixels between two heights.
    func pixels(between a: Double, and b: Double) -> Double { abs(up.share(a) - up.share(b)) * Self.plotHeight }
}

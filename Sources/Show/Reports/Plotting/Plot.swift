/// A plot: its name and its script. This type has what all plots share: the frame, the lines above and below it, and
/// the output in each format.
///
/// Everything is placed by pixels, so that the layout is fixed: above the frame, from the left, the title, the subject
/// and the key; below it the notes.
package struct Plot: Sendable {
    /// The file name of the script and of its pictures, without extension.
    package internal(set) var name: String
    /// Size of the SVG in pixels; the PNG has twice as many in each direction.
    let width: Int
    let height: Int
    private var body = PlotScript()
    private var clauses: [String] = []
    /// Plots that share the frame, from top to bottom; empty if there is only one.
    private var panels: [Panel] = []
    /// Pixels above the frame.
    private let above: Int
    /// The CSV in the same folder whose figures it shows; empty if there is none.
    private var source = ""

    /// The most pixels per character of a label, except for rare wide ones.
    static let characterWidth = 7
    private static let margin = 14
    private static let keyRow = 19
    private static let noteRow = 18

    /// - Parameters:
    ///   - notes: lines below the plot about what is not shown or shown differently.
    ///   - frame: the size of the plot's rectangle in pixels.
    ///   - left, right: pixels for labels at its sides.
    ///   - foot: pixels for labels below it.
    ///   - key: the names of the series; a single one needs no key.
    init(
        name: String, title: String, subject: String, notes: [String], frame: (width: Int, height: Int), left: Int,
        right: Int = 24, foot: Int = 68, key: [String] = []
    ) {
        self.name = name
        let (title, subject) = (title.shortened(to: 90), subject.shortened(to: 110))
        let least = max(title.columns * 8, subject.columns * 6) + 2 * Self.margin
        width = max(left + frame.width + right, least)
        let entry = (key.map { Self.keyed($0).columns }.max() ?? 0) * 8 + 72
        let columns = max(1, (width - 2 * Self.margin) / entry)
        let keyRows = key.count > 1 ? (key.count + columns - 1) / columns : 0
        above = 64 + (keyRows == 0 ? 0 : keyRows * Self.keyRow + 8)
        let lines = notes.flatMap { [width] note in note.wrapped(to: (width - 2 * Self.margin) / 6) }
        let below = foot + lines.count * Self.noteRow
        height = above + frame.height + below
        body.lines([
            "set lmargin at screen \(x(left))",
            "set rmargin at screen \(x(left + frame.width))",
            "set tmargin at screen \(y(above))",
            "set bmargin at screen \(y(above + frame.height))",
            "set border 3 linecolor '#404040'",
            "set tics nomirror out textcolor '#202020'",
            Self.grid("x"), Self.grid("y"),
            "set errorbars small",
        ])
        label(title, at: "screen \(x(Self.margin)), screen \(y(20))", "left font ',14'")
        label(subject, at: "screen \(x(Self.margin)), screen \(y(40))", "left font ',11' textcolor '#505050'")
        for (index, line) in lines.enumerated() {
            let place = height - 12 - (lines.count - 1 - index) * Self.noteRow
            label(
                line, at: "screen \(x(Self.margin)), screen \(y(place))", "left font ',11' textcolor '#8a1c1c'")
        }
        body.line(
            keyRows == 0
                ? "unset key"
                : "set key at screen \(x(Self.margin)), screen \(y(52)) left top horizontal maxcols \(columns) "
                    + "Left reverse samplen 3 width 1 noenhanced")
    }

    /// The clause that names a series in the key; none if there is only one.
    static func titled(_ name: String, of count: Int) -> String {
        count > 1 ? "title \(PlotScript.quoted(keyed(name)))" : "notitle"
    }

    private static func keyed(_ name: String) -> String { name.shortened(to: 60) }

    /// Pixels from the left, and from the top, as shares of the picture.
    private func x(_ pixels: Int) -> String { Format.fixed(Double(pixels) / Double(width), decimals: 5) }
    private func y(_ pixels: Int) -> String { Format.fixed(1 - Double(pixels) / Double(height), decimals: 5) }

    /// The command that draws faint lines at the tics of an axis.
    static func grid(_ axis: String) -> String {
        "set grid \(axis)tics back linetype 1 linecolor '#dddddd' linewidth 0.6"
    }

    /// The same plot, marked as showing the figures of a CSV.
    func beside(_ csv: String) -> Plot {
        var plot = self
        plot.source = csv
        return plot
    }

    mutating func set(_ lines: [String]) { body.lines(lines) }
    mutating func block(_ name: String, rows: [[Double?]]) { body.block(name, rows: rows) }

    /// Adds a clause to the plot command.
    mutating func draw(_ clause: String) { clauses.append(clause) }

    /// Adds text at a place; `coordinates` are in gnuplot's syntax.
    mutating func label(_ text: String, at coordinates: String, _ options: String = "left") {
        body.line(PlotScript.label(text, at: coordinates, options))
    }

    /// Adds an arrow head at an edge of the frame (0 or 1 along an axis) that points outwards, to values beyond it.
    /// - Parameter other: the position along the other axis.
    mutating func arrowHead(atEdge edge: Double, along axis: String, other: Double, color: String) {
        let inner = edge == 0 ? 0.025 : 0.975
        let ends = [inner, edge].map { share in
            axis == "x" ? "graph \(share), first \(CSV.number(other))" : "first \(CSV.number(other)), graph \(share)"
        }
        body.line(
            "set arrow from \(ends[0]) to \(ends[1]) head filled size character 0.8,22 front linewidth 1 linecolor '\(color)'"
        )
    }

    /// Adds a panel with a height of `height` pixels, `top` pixels below the upper end of the frame.
    mutating func add(_ panel: Panel, top: Int, height: Int) {
        var panel = panel
        panel.set([
            "set tmargin at screen \(y(above + top))", "set bmargin at screen \(y(above + top + height))",
        ])
        panels.append(panel)
    }

    /// Puts names along an axis, "x" or "y", instead of its tics. (gnuplot would read tic labels as number formats, and
    /// cut them at a per cent sign.) `far` puts them on the other side.
    mutating func names(_ names: [(text: String, at: Double)], along axis: String, far: Bool = false) {
        if !far { body.line("unset \(axis)tics") }
        for name in names {
            let place = CSV.number(name.at)
            axis == "y"
                ? label(
                    name.text, at: "graph \(far ? 1 : 0), first \(place)",
                    far ? "left offset character 1,0 font ',10'" : "right offset character -1,0")
                : label(name.text, at: "first \(place), graph 0", "center offset character 0,-1")
        }
    }

    /// The first line of a script, which identifies our own.
    static func signature(of name: String, source: String) -> String {
        "# gnuplot \(name).gp draws \(name).svg and \(name).png" + (source.isEmpty ? "." : ", of figures in \(source).")
    }

    /// The complete script; equal plots give equal scripts.
    package var script: PlotScript {
        var script = PlotScript()
        script.lines([Self.signature(of: name, source: source), "reset", "set encoding utf8"])
        if panels.isEmpty {
            script.append(body)
            script.lines(svg)
            // Axes without figures are drawn too, with the reasons next to them.
            script.command(clauses.isEmpty ? ["NaN notitle"] : clauses, head: "plot")
            script.lines(png + ["replot", "unset output"])
        } else {
            for panel in panels { script.append(panel.blocks) }
            for format in [svg, png] {
                script.lines(format + ["set multiplot"])
                script.append(body)
                for panel in panels { script.append(panel.commands) }
                script.line("unset multiplot")
            }
            script.line("unset output")
        }
        return script
    }

    private var svg: [String] {
        [
            "set terminal svg noenhanced size \(width),\(height) font 'sans-serif,12' background '#ffffff'",
            "set output '\(name).svg'",
        ]
    }

    /// Twice the pixels; a point of text is 4/3 of a pixel here and one in SVG.
    private var png: [String] {
        [
            "set terminal pngcairo noenhanced size \(2 * width),\(2 * height) font 'sans-serif,12' fontscale 1.5 "
                + "linewidth 2 pointscale 2 background '#ffffff'", "set output '\(name).png'",
        ]
    }
}

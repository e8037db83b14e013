/// A plot: its name, and what the script that draws it says. What all plots share is here: the frame, the lines above
/// and below it, and the drawing in each format.
///
/// Everything has its place in pixels, so that nothing is laid out by chance: above the frame, from the left, a title, what
/// the plot is of, and the key; below it a note.
package struct Plot: Sendable {
    /// The stem of the script and of its pictures.
    package internal(set) var name: String
    /// Pixels of the SVG; the PNG has twice as many each way.
    let width: Int
    let height: Int
    private var body = PlotScript()
    private var clauses: [String] = []
    /// Plots that share the frame, one below the other; empty where there is only one.
    private var panels: [Panel] = []
    /// Pixels above the frame.
    private let above: Int

    /// Pixels a character of the labels takes at most, but for wide ones that are rare.
    static let characterWidth = 7
    private static let margin = 14
    private static let keyRow = 19

    /// - Parameters:
    ///   - note: a line below the plot: what is not shown.
    ///   - frame: the size of the plot's rectangle in pixels.
    ///   - left, right: pixels for labels beside it.
    ///   - foot: pixels for labels below it.
    ///   - key: the names of the series; one needs no key.
    init(
        name: String, title: String, subject: String, note: String?, frame: (width: Int, height: Int), left: Int,
        right: Int = 24, foot: Int = 68, key: [String] = []
    ) {
        self.name = name
        let (title, subject) = (title.shortened(to: 90), subject.shortened(to: 110))
        let least = max(title.count * 8, subject.count * 6) + 2 * Self.margin
        width = max(left + frame.width + right, least)
        let entry = (key.map(\.count).max() ?? 0) * 8 + 72
        let columns = max(1, (width - 2 * Self.margin) / entry)
        let keyRows = key.count > 1 ? (key.count + columns - 1) / columns : 0
        above = 64 + (keyRows == 0 ? 0 : keyRows * Self.keyRow + 8)
        let below = foot + (note == nil ? 0 : 20)
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
        if let note {
            label(
                note, at: "screen \(x(Self.margin)), screen \(y(height - 12))", "left font ',11' textcolor '#8a1c1c'")
        }
        body.line(
            keyRows == 0
                ? "unset key"
                : "set key at screen \(x(Self.margin)), screen \(y(52)) left top horizontal maxcols \(columns) "
                    + "Left reverse samplen 3 width 1 noenhanced")
    }

    /// Pixels from the left, and from the top, as shares of the picture.
    private func x(_ pixels: Int) -> String { Format.fixed(Double(pixels) / Double(width), decimals: 5) }
    private func y(_ pixels: Int) -> String { Format.fixed(1 - Double(pixels) / Double(height), decimals: 5) }

    /// The command that draws faint lines at the tics of an axis.
    static func grid(_ axis: String) -> String {
        "set grid \(axis)tics back linetype 1 linecolor '#dddddd' linewidth 0.6"
    }

    mutating func set(_ lines: [String]) { body.lines(lines) }
    mutating func block(_ name: String, rows: [[Double?]]) { body.block(name, rows: rows) }

    /// Adds a clause to the plot command.
    mutating func draw(_ clause: String) { clauses.append(clause) }

    /// Text at a place; `coordinates` as gnuplot has them.
    mutating func label(_ text: String, at coordinates: String, _ options: String = "left") {
        body.line(PlotScript.label(text, at: coordinates, options))
    }

    /// Adds a panel that takes `height` pixels of the frame, `top` pixels below its upper end.
    mutating func add(_ panel: Panel, top: Int, height: Int) {
        var panel = panel
        panel.set([
            "set tmargin at screen \(y(above + top))", "set bmargin at screen \(y(above + top + height))",
        ])
        panels.append(panel)
    }

    /// Names at places along an axis, "x" or "y", instead of its tics. (As tics gnuplot would read them as formats of
    /// numbers and cut those with a per cent sign.) `far` puts them on the other side.
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

    /// The script: complete in itself, and the same for the same plot.
    package var script: PlotScript {
        var script = PlotScript()
        script.lines(["# gnuplot \(name).gp draws \(name).svg and \(name).png.", "reset", "set encoding utf8"])
        if panels.isEmpty {
            script.append(body)
            script.lines(svg)
            script.command(clauses, head: "plot")
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

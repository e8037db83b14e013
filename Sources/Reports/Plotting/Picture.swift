/// A plot: its name, and the script that draws it.
package struct Plot: Sendable, Hashable {
    /// Without ending: the stem of the script and of its pictures.
    package var name: String
    package var script: PlotScript
}

/// What all scripts share: the head, the title, and the drawing in each format.
struct Picture {
    /// The stem of the files.
    let name: String
    /// What the plot shows, and of what: the two lines above it.
    let title: String
    let subject: String
    /// Pixels of the SVG; the PNG has twice as many each way.
    let width: Int
    let height: Int
    private var body = PlotScript()
    private var clauses: [String] = []

    init(name: String, title: String, subject: String, width: Int, height: Int) {
        self.name = name
        self.title = title
        self.subject = subject
        self.width = width
        self.height = height
    }

    /// The size in pixels of a character of the labels, on the wide side.
    static let characterWidth = 7
    static let lineHeight = 16

    mutating func set(_ lines: [String]) { body.lines(lines) }
    mutating func block(_ name: String, rows: [[Double?]]) { body.block(name, rows: rows) }

    /// Adds a clause to the plot command.
    mutating func draw(_ clause: String) { clauses.append(clause) }

    /// Text at a place; `coordinates` as gnuplot has them.
    mutating func label(_ text: String, at coordinates: String, _ options: String = "left") {
        body.line("set label \(PlotScript.quoted(text)) at \(coordinates) \(options)")
    }

    var plot: Plot {
        var script = PlotScript()
        script.lines([
            "# gnuplot \(name).gp draws \(name).svg and \(name).png.",
            "reset",
            "set encoding utf8",
            "set title \(PlotScript.quoted(lines: [title, subject]))",
            "set border 3 linecolor '#404040'",
            "set tics nomirror out textcolor '#202020'",
            "set grid linetype 1 linecolor '#dddddd' linewidth 0.6",
            "set errorbars small",
            "set key noenhanced",
        ])
        script.append(body)
        script.line("set terminal svg noenhanced size \(width),\(height) font 'sans-serif,12' background '#ffffff'")
        script.line("set output '\(name).svg'")
        script.command(clauses, head: "plot")
        script.line(
            "set terminal pngcairo noenhanced size \(2 * width),\(2 * height) font 'sans-serif,12' fontscale 2 linewidth 2 pointscale 2 background '#ffffff'"
        )
        script.line("set output '\(name).png'")
        script.line("replot")
        script.line("unset output")
        return Plot(name: name, script: script)
    }
}

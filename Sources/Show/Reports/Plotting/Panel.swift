/// One of several plots in a frame. The title, the frame and the notes belong to the plot.
struct Panel {
    /// Data, written only once however often the panel is drawn.
    private(set) var blocks = PlotScript()
    private var settings: [String] = []
    private var clauses: [String] = []

    mutating func set(_ lines: [String]) { settings += lines }
    mutating func block(_ name: String, rows: [[Double?]]) { blocks.block(name, rows: rows) }
    mutating func draw(_ clause: String) { clauses.append(clause) }

    mutating func label(_ text: String, at coordinates: String, _ options: String = "left") {
        settings.append(PlotScript.label(text, at: coordinates, options))
    }

    /// Draws the panel, then removes its labels, which the next panel would repeat.
    var commands: PlotScript {
        var script = PlotScript()
        script.lines(settings)
        script.command(clauses.isEmpty ? ["NaN notitle"] : clauses, head: "plot")
        script.lines(["unset label", "unset arrow"])
        return script
    }
}

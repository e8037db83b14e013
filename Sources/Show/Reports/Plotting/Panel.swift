/// One of several plots in a frame: what it says of itself. Title, frame and note are the plot's.
struct Panel {
    /// Data, which is written once however often the panel is drawn.
    private(set) var blocks = PlotScript()
    private var settings: [String] = []
    private var clauses: [String] = []

    mutating func set(_ lines: [String]) { settings += lines }
    mutating func block(_ name: String, rows: [[Double?]]) { blocks.block(name, rows: rows) }
    mutating func draw(_ clause: String) { clauses.append(clause) }

    mutating func label(_ text: String, at coordinates: String, _ options: String = "left") {
        settings.append(PlotScript.label(text, at: coordinates, options))
    }

    /// Draws it, and takes back its labels, which the next panel would draw again.
    var commands: PlotScript {
        var script = PlotScript()
        script.lines(settings)
        script.command(clauses.isEmpty ? ["NaN notitle"] : clauses, head: "plot")
        script.lines(["unset label", "unset arrow"])
        return script
    }
}

import Comparison
import Results

extension ComparisonReport {
    /// All of it for a terminal.
    package var text: String {
        var text = title + "\n\n" + table.rendered()
        func list(_ head: String, _ lines: [String]) {
            guard !lines.isEmpty else { return }
            text += "\n\(head)\n" + lines.map { "  \($0)\n" }.joined()
        }
        list("machine code:", reasons)
        list("also changed:", changes)
        list("not compared:", missing)
        list("note:", judgement.notes)
        return text + "\n\(sentence)\n"
    }

    /// All of it to be pasted into a pull request: what differs first, the whole table behind a fold.
    package var markdown: String {
        let sides = judgement.header.sides
        let heading = "### \(sides.base.text) → \(sides.head.text)\n\n"
        let different = judgement.cases.filter { $0.time?.verdict.isDifference == true }
        var text = heading + "**\(sentence)**\n"
        if !different.isEmpty {
            let rows = Table(
                columns: table.columns,
                rows: different.map { row(of: $0, threads: Set(judgement.cases.map(\.item.threads)).count > 1) })
            text += "\n" + rows.markdown()
        }
        func list(_ head: String, _ lines: [String]) {
            guard !lines.isEmpty else { return }
            text += "\n\(head)\n\n" + lines.map { "- \($0.onOneLine)\n" }.joined()
        }
        list("Machine code:", reasons)
        list("Also changed:", changes)
        list("Not compared:", missing)
        list("Note:", judgement.notes)
        if judgement.cases.contains(where: { $0.time != nil }) {
            text += "\n<details><summary>All cases</summary>\n\n" + table.markdown() + "\n</details>\n"
        }
        let machine = judgement.header.machine
        return text + "\n\(machine.processor), \(machine.processors) processors, \(judgement.header.started)\n"
    }
}

import Comparison
import Results

extension ComparisonReport {
    package var sections: [ReportSection] {
        [
            .heading(title), .table(table), .list("machine code", reasons), .list("also changed", changes),
            .list("not compared", missing), .list("note", judgement.notes), .paragraph(sentence),
        ]
    }

    /// Markdown to paste into a pull request: first the differences, then the whole table behind a fold.
    package var markdown: String {
        let sides = judgement.header.sides
        let heading = "### \(Markdown.escaped("\(sides.base.text) → \(sides.head.text)"))\n\n"
        let different = judgement.cases.filter { $0.time?.verdict.isDifference == true }
        var text = heading + "**\(Markdown.escaped(sentence))**\n"
        if !different.isEmpty {
            let rows = Table(
                columns: table.columns,
                rows: different.map { row(of: $0, threads: Set(judgement.cases.map(\.item.threads)).count > 1) })
            text += "\n" + rows.markdown()
        }
        let lists: [ReportSection] = [
            .list("machine code", reasons), .list("also changed", changes), .list("not compared", missing),
            .list("note", judgement.notes),
        ]
        text += lists.filter { !$0.isEmpty }.map { "\n" + $0.markdown }.joined()
        if judgement.cases.contains(where: { $0.time != nil }) {
            text += "\n<details><summary>All cases</summary>\n\n" + table.markdown() + "\n</details>\n"
        }
        let machine = judgement.header.machine
        return text + "\n"
            + Markdown.escaped(
                "\(machine.processor), \(machine.processors) processors, \(judgement.header.started)") + "\n"
    }
}

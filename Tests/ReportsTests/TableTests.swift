import Reports
import Results
import Testing

@Suite struct TableTests {
    private let table = Table(
        columns: [.left("case"), .right("MACs")], rows: [["matmul", "1.5 M"], ["a | b", "12"], ["größe 🙂", "7"]])

    @Test func isAlignedAndQuiet() {
        let lines = table.rendered().split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0] == "case       MACs")
        #expect(lines[1] == "────────  ─────")
        #expect(lines[2] == "matmul    1.5 M")
        #expect(lines[3] == "a | b        12")
        // The face is two columns wide on a terminal.
        #expect(lines[4] == "größe 🙂      7")
        #expect(lines.count == 6 && lines[5].isEmpty)
    }

    @Test func markdownKeepsBarsInCells() {
        let lines = table.markdown().split(separator: "\n")
        #expect(lines[0].hasPrefix("| case") && lines[1].hasSuffix(":|"))
        #expect(lines[3].contains(#"a \| b"#))
        #expect(lines.count == 5)
    }

    @Test func emptyTablesHaveAHead() {
        let empty = Table(columns: [.left("case"), .right("MACs")])
        #expect(empty.rendered() == "case  MACs\n────  ────\n")
        #expect(empty.markdown().split(separator: "\n").count == 2)
        #expect(Table(columns: []).rendered() == "")
    }

    @Test func rowsOfAnyLengthFit() {
        let ragged = Table(
            columns: [.left("a"), .left("b")], rows: [[], ["1"], ["1", "2", "3"], ["two\nlines", ""]])
        #expect(ragged.rendered().split(separator: "\n", omittingEmptySubsequences: false).count == 7)
        #expect(ragged.rendered().contains("two lines"))
    }

    @Test func runTableSaysWhyThereIsNoFigure() {
        let run = Synthetic.run([
            Synthetic.record("matmul 512", name: "matmul", macs: 134_217_728, seconds: 2e-3),
            Synthetic.record("norm", name: "layer_norm", macs: 0, others: 1000, bytes: 1_000_000, seconds: 1e-3),
            Synthetic.unmeasured(Synthetic.record("big"), .memory, "needs 64 GiB, 8 GiB are free"),
            Synthetic.unmeasured(Synthetic.record("odd"), .unsupported, "no groups"),
        ])
        let lines = RunTable.table(of: run.records, ceilings: run.ceilings).rendered().split(separator: "\n")
        #expect(lines[2].contains("GFLOP/s") && lines[2].contains("ok, 25.0 % of tolerance"))
        #expect(lines[3].contains("MB/s"))
        #expect(lines[4].hasSuffix("failed (memory): needs 64 GiB, 8 GiB are free") && !lines[4].contains("GFLOP/s"))
        #expect(lines[5].contains("skipped (unsupported): no groups"))
        #expect(lines[0].contains("of peak") && !lines[0].contains("threads"))
        #expect(!RunTable.table(of: run.records, ceilings: nil).rendered().contains("of peak"))
    }

    @Test func threadsAreAColumnWhereTheyDiffer() {
        let records = [Synthetic.record("a"), Synthetic.record("a", threads: 2)]
        #expect(RunTable.table(of: records, ceilings: nil).columns.map(\.title).contains("threads"))
    }
}

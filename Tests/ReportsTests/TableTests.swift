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

    /// Labels are words, whatever Markdown would make of them.
    @Test(arguments: [
        ("<f>", #"\<f\>"#), ("a*b* _c_ `d`", #"a\*b\* \_c\_ \`d\`"#), ("mobilenet_v2 x0.35", "mobilenet_v2 x0.35"),
        ("main~1 &amp; $x$", #"main\~1 \&amp; \$x\$"#), ("# 1", "\\# 1"), ("1. x", #"1\. x"#), ("- x", #"\- x"#),
        (#"[a](b) \ |"#, #"\[a\](b) \\ \|"#),
    ])
    func markdownShowsTextsAsTheyAre(text: String, escaped: String) {
        let table = Table(columns: [.left("case")], rows: [[text]])
        #expect(table.markdown().split(separator: "\n")[2] == "| \(escaped) |", "\(table.markdown())")
    }

    /// A joined emoji and a heart that is a picture are two columns wide, a letter with a joiner behind it is one.
    @Test func joinersStayBetweenVisibleCharacters() {
        let family = "👩\u{200D}👩\u{200D}👧"
        let table = Table(
            columns: [.left("case"), .left("x")],
            rows: [
                [family, "1"], ["❤\u{FE0F}", "2"], ["می\u{200C}خواهم", "3"],
                ["a\u{200D}\u{202E}b\u{200D}", "4"],
            ])
        let lines = table.rendered().split(separator: "\n").map(String.init)
        #expect(lines[2] == family + "       1" && lines[3] == "❤\u{FE0F}       2")
        #expect(lines[4].contains("می\u{200C}خواهم"))
        #expect(lines[5].hasPrefix("a  b "), "\(lines[5].unicodeScalars.map(\.value))")
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
        let lines = RunTable.table(of: run).rendered().split(separator: "\n")
        #expect(lines[2].contains("GFLOP/s") && lines[2].contains("ok, 25.0 % of tolerance"))
        #expect(lines[3].contains("MB/s"))
        #expect(lines[4].hasSuffix("failed (memory): needs 64 GiB, 8 GiB are free") && !lines[4].contains("GFLOP/s"))
        #expect(lines[5].contains("skipped (unsupported): no groups"))
        #expect(lines[0].contains("of roofline") && !lines[0].contains("threads"))
        #expect(lines[2].contains(" % compute") && lines[3].contains("memory"))
        #expect(!RunTable.table(of: Synthetic.run(run.records, ceilings: nil)).rendered().contains("of roofline"))
    }

    @Test func threadsAreAColumnWhereTheyDiffer() {
        let records = [Synthetic.record("a"), Synthetic.record("a", threads: 2)]
        #expect(RunTable.table(of: Synthetic.run(records)).columns.map(\.title).contains("threads"))
    }

    @Test func whatIsInDoubtIsMarkedAndCounted() {
        var noisy = Synthetic.record("noisy", macs: 0, seconds: 1e-3)
        noisy.samples?.seconds = (0..<40).map { 1e-3 * Double(1 + $0 % 7) }
        noisy.samples?[.cpuShare] = (0..<40).map { _ in 0.5 }
        var run = Synthetic.run([
            noisy, Synthetic.record("few", macs: 0, samples: 3), Synthetic.record("too fast", macs: 1_000_000_000),
            Synthetic.record("fine", macs: 0),
        ])
        let lines = RunTable.table(of: run).rendered().split(separator: "\n").dropFirst(2).map(String.init)
        #expect(lines[0].contains(" % !") && lines[1].contains("unknown !"))
        #expect(lines[2].contains("855 % compute !") || lines[2].contains("compute !"))
        #expect(!lines[3].contains("!"))
        let notes = RunTable.notes(on: run)
        #expect(notes.count == 2)
        #expect(notes[0].hasPrefix("! 2 of 4 cases did not reach 1.0 %; other programs took "))
        #expect(notes[1].hasPrefix("! 1 share of the roofline above 105 %"))
        run.records.removeFirst(3)
        #expect(RunTable.notes(on: run).isEmpty)
        run.ceilings?.bandwidth[3].bytesPerSecond = 100e9
        #expect(RunTable.notes(on: run) == ["the ceilings are in doubt: memory reads faster than L3 (1 thread)"])
    }
}

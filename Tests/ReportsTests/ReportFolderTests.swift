import Foundation
import Reports
import Results
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// What a report does to the folder that it is written into.
@Suite struct ReportFolderTests {
    private let run = PlotTests.sweep

    private func requests(_ plots: [PlotRequest]) -> Run {
        var run = run
        run.header.suite.plots = plots
        return run
    }

    @Test func picturesOfAnEarlierReportDoNotStay() throws {
        let scratch = try Scratch()
        let writer = ReportWriter(folder: scratch.path)
        #expect(writer.write([requests([PlotRequest(kind: "bars"), PlotRequest(kind: "scatter")])]).problems.isEmpty)
        // Of others: a picture and a script of theirs, a copy of ours, and a report of another suite.
        for name in ["grouped-mine.png", "grouped-mine.svg", "mine.gp", "notes.txt"] {
            try "theirs".write(toFile: "\(scratch.path)/\(name)", atomically: true, encoding: .utf8)
        }
        try FileManager.default.copyItem(
            atPath: "\(scratch.path)/grouped-scatter.gp", toPath: "\(scratch.path)/kept.gp")
        let other = Synthetic.run([Synthetic.record("a")], suite: "grouped-more", plots: [PlotRequest(kind: "bars")])
        let others = writer.write([other])
        #expect(others.removed.isEmpty)
        let outcome = writer.write([requests([PlotRequest(kind: "bars"), PlotRequest(kind: "distribution")])])
        #expect(outcome.removed.sorted() == ["gp", "png", "svg"].map { "grouped-scatter.\($0)" })
        #expect(
            scratch.names
                == Set(
                    outcome.written + others.written + [
                        "grouped-mine.png", "grouped-mine.svg", "mine.gp", "notes.txt", "kept.gp",
                    ]
                ).sorted())
    }

    @Test func aPictureThatCannotBeDrawnAnewIsNotTheOldOne() throws {
        let scratch = try Scratch()
        let bars = [PlotRequest(kind: "bars")]
        #expect(ReportWriter(folder: scratch.path).write([requests(bars)]).problems.isEmpty)
        var changed = requests(bars)
        changed.records[0].samples?.seconds = [5, 5, 5, 5, 5, 5]
        _ = ReportWriter(folder: scratch.path, drawing: Drawing(program: "false")).write([changed])
        #expect(scratch.names == ["grouped-bars-label.gp", "grouped.csv", "samples.csv", "wide.csv"])
    }

    @Test func linksAreReplacedAndNotFollowed() throws {
        let (scratch, elsewhere) = (try Scratch(), try Scratch())
        let names = ReportWriter(folder: scratch.path).write([run]).written
        for name in names {
            try "theirs".write(toFile: "\(elsewhere.path)/\(name)", atomically: true, encoding: .utf8)
            try FileManager.default.removeItem(atPath: "\(scratch.path)/\(name)")
            try FileManager.default.createSymbolicLink(
                atPath: "\(scratch.path)/\(name)", withDestinationPath: "\(elsewhere.path)/\(name)")
            // What older versions wrote aside.
            try FileManager.default.createSymbolicLink(
                atPath: "\(scratch.path)/.\(name).\(getpid())", withDestinationPath: "\(elsewhere.path)/\(name)")
        }
        let outcome = ReportWriter(folder: scratch.path).write([run])
        #expect(outcome.problems.isEmpty && outcome.written == names)
        for name in names {
            #expect(try elsewhere.text(name) == "theirs")
            let kind = try FileManager.default.attributesOfItem(atPath: "\(scratch.path)/\(name)")[.type]
            #expect(kind as? FileAttributeType == .typeRegular)
        }
    }

    @Test func whatAKilledReportLeftIsRemovedAndWhatAnotherMakesIsNot() throws {
        let scratch = try Scratch()
        for name in [".assay-report-aB3xY9", ".assay-report-others"] {
            try FileManager.default.createDirectory(
                atPath: "\(scratch.path)/\(name)/deep", withIntermediateDirectories: true)
        }
        // A folder that is locked is one in which a report is being made.
        let locked = "\(scratch.path)/.assay-report-others"
        let descriptor = open(locked, O_RDONLY | O_DIRECTORY)
        defer { close(descriptor) }
        #expect(flock(descriptor, LOCK_EX) == 0)
        let outcome = ReportWriter(folder: scratch.path).write([run])
        #expect(outcome.problems.isEmpty)
        #expect(scratch.names.filter { $0.hasPrefix(".") } == [".assay-report-others"])
    }

    @Test func aGnuplotThatHangsIsGivenUp() throws {
        let scratch = try Scratch()
        let program = "\(scratch.path)/hangs"
        try "#!/bin/sh\nsleep 1000 &\necho $! > '\(scratch.path)/pid'\nwait\n".write(
            toFile: program, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let writer = ReportWriter(folder: "\(scratch.path)/out", drawing: Drawing(program: program, limit: 1))
        let outcome = writer.write([run])
        // Said once: it is not tried for each picture.
        #expect(outcome.problems.count == 1)
        #expect(try #require(outcome.problems.first).description.contains("did not draw"))
        #expect(outcome.written.contains("grouped.csv") && outcome.written.contains("grouped-scatter.gp"))
        let child = try #require(pid_t(try scratch.text("pid").trimmingCharacters(in: .whitespacesAndNewlines)))
        // What it started is gone with it; a zombie waits for whoever adopts it.
        func isGone() -> Bool {
            let state = (try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8))?.split(separator: " ")
            return state == nil || state?[2] == "Z"
        }
        // A process that was killed has gone when the kernel comes to it.
        for _ in 0..<1000 where !isGone() { usleep(10_000) }
        #expect(isGone())
    }

    /// Quotes with accents, what XML forbids, backslashes, and what no font has.
    @Test func anyLabelMakesAScriptAndAnSVG() throws {
        let labels = [
            "a\\", "\\n", "'\u{301}b'\u{301}", "a]]>b", "<&>\"", "\u{1B}[31mred", "two\nlines", "\r\n",
            "\u{FFFE}\u{FFFF}",
            "\u{1F680} \u{884C}\u{5217} \u{E000}", "%d %% {", "\u{0}", "\u{202E}x", "`ls`", "#", "@x", "\u{10FFFF}", "",
        ]
        let scratch = try Scratch()
        let records = labels.enumerated().map { index, label in
            Synthetic.record(
                label, name: label, implementation: label + "\(index)", parameters: [label: label, "n": "\(index)"],
                macs: 1000 << index)
        }
        var run = Synthetic.run(records)
        run.header.suite.title = labels.joined()
        let outcome = ReportWriter(folder: scratch.path).write([run])
        #expect(outcome.problems.isEmpty, "\(outcome.problems)")
        let pictures = outcome.written.filter { $0.hasSuffix(".svg") }
        #expect(pictures.count >= 4)
        for picture in pictures {
            let data = try Data(contentsOf: URL(fileURLWithPath: "\(scratch.path)/\(picture)"))
            let parser = XMLParser(data: data)
            #expect(parser.parse(), "\(picture): \(parser.parserError.debugDescription)")
        }
    }

    @Test func notesAreForWholeSuites() throws {
        let scratch = try Scratch()
        var part = requests([PlotRequest(kind: "bars"), PlotRequest(kind: "bars", filters: ["zzz"])])
        #expect(ReportWriter(folder: scratch.path).write([part]).notes.count == 1)
        part.header.options["filter"] = "@28"
        #expect(ReportWriter(folder: scratch.path).write([part]).notes.isEmpty)
    }
}

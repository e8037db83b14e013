import Foundation
import FoundationXML
import Reports
import Results
import Testing

/// Scripts and pictures of whatever labels, names and titles hold.
@Suite struct HostileTextTests {
    private static let texts = [
        "\u{1B}[31mred\u{1B}]0;title\u{7}", "nul\u{0}", "back\\", "\\", "a\\\\", "'\\'", "\"\\\"", "\\n \\101",
        "two\nlines\r\n", "\u{85}\u{2028}\u{2029}\u{9B}", "]]>", "<b>&amp;&lt;\"'</b>", "<!-- -->",
        "@x `ls` $(ls) $x", "{/*2 x}_y^z", "%s %g %%", "#{x", "\u{FFFE}\u{FFFF}\u{1FFFE}", "\u{10FFFF}\u{E000}",
        "\u{202E}\u{200D}", "; exit", ", \\", "行列", "e",
    ]

    private static let run: Run = {
        let records = texts.enumerated().map { index, text in
            Synthetic.record(
                text, name: text, implementation: text, parameters: ["m": "\(index)", text: text],
                macs: 1000 * (index + 1), seconds: 1e-6 * Double(index + 1), samples: 8)
        }
        var run = Synthetic.run(
            records,
            plots: PlotCatalog.kinds.map {
                PlotRequest(kind: $0.name, x: $0.name == "lines" ? "m" : nil, title: texts.joined(separator: " "))
            })
        run.header.suite.title = texts.reversed().joined(separator: " ")
        run.header.machine.processor = texts.joined()
        return run
    }()

    @Test func everyScriptDrawsAndEveryPictureIsWellFormed() throws {
        let scratch = try Scratch()
        let outcome = ReportWriter(folder: scratch.path).write([Self.run])
        #expect(outcome.problems.isEmpty, "\(outcome.problems)")
        #expect(outcome.notes.isEmpty, "\(outcome.notes)")
        let pictures = scratch.names.filter { $0.hasSuffix(".svg") }
        #expect(pictures.count >= PlotCatalog.kinds.count)
        for name in pictures {
            let parser = XMLParser(data: try Data(contentsOf: URL(fileURLWithPath: "\(scratch.path)/\(name)")))
            #expect(parser.parse(), "\(name):\(parser.lineNumber): \(String(describing: parser.parserError))")
        }
        #expect(Set(scratch.names) == Set(outcome.written))
    }
}

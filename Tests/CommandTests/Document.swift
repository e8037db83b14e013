import Foundation

/// A Markdown file of the repository: its blocks of code and the code inside its sentences.
struct Document {
    struct Block {
        /// Behind the three backticks.
        let language: String
        /// Of the first line inside.
        let line: Int
        var lines: [String] = []
    }

    let name: String
    private(set) var blocks: [Block] = []
    /// What stands between single backticks, without the backslashes of tables.
    let spans: [String]
    /// Where links lead.
    let links: [String]

    /// Reads a file, named from the root of the repository.
    init(_ name: String) throws {
        self.name = name
        var (prose, isInside) = ("", false)
        let text = try String(contentsOfFile: "\(Program.repository)/\(name)", encoding: .utf8)
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix("```") {
                isInside.toggle()
                if isInside { blocks.append(Block(language: String(line.dropFirst(3)), line: index + 2)) }
            } else if isInside {
                blocks[blocks.count - 1].lines.append(String(line))
            } else {
                prose += line + "\n"
            }
        }
        let parts = prose.split(separator: "`", omittingEmptySubsequences: false)
        spans = parts.indices.filter { $0 % 2 == 1 }.map {
            String(parts[$0]).replacing("\n", with: " ").replacing(#"\|"#, with: "|")
        }
        links = prose.matches(of: /\]\(([^)]+)\)/).map { String($0.1) }
    }

    /// All that people read.
    static var all: [Document] {
        get throws {
            let docs = try FileManager.default.contentsOfDirectory(atPath: "\(Program.repository)/docs")
            return try
                (["README.md", "CHANGELOG.md"] + docs.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" })
                .map(Document.init)
        }
    }
}

import Results
import Settings
import Workloads
import Yams

/// Turns YAML into a `Suite`: checks types and keys, but not their meaning.
package enum SuiteReader {
    /// The most bytes of a suite file.
    static let largest = 1 << 20
    /// The most plots of a suite.
    private static let mostPlots = 200

    /// Reads the text of a suite file; `path` is only used in error messages.
    package static func read(_ text: String, name: String, path: String) throws(SuiteError) -> Suite {
        let (node, values) = try parse(text, path: path)
        let root = Field(node: node, file: path, title: "the suite")
        let fields = try root.fields(["title", "defaults", "include", "cases", "plots"])
        guard fields["cases"] != nil || fields["include"] != nil else {
            throw root.error(
                "the suite has no cases", remedy: "list kernels under 'cases:', or other suites under 'include:'")
        }
        let plots = try fields["plots"]?.list() ?? []
        if plots.count > mostPlots {
            throw plots[mostPlots].error("more than \(mostPlots) plots", remedy: "ask for fewer")
        }
        return Suite(
            name: name, path: path, text: text, values: values,
            title: try fields["title"]?.text() ?? name,
            defaults: try fields["defaults"].map(defaults) ?? Suite.Defaults(),
            includes: try fields["include"].map(words) ?? [],
            entries: try fields["cases"]?.list().map(entry) ?? [],
            plots: try plots.map(plot))
    }

    private static func parse(_ text: String, path: String) throws(SuiteError) -> (node: Node, values: Int) {
        let whole = Place(file: path)
        guard text.utf8.count <= largest else { throw tooLarge(path) }
        do {
            guard let read = try BoundedYAML.compose(text, file: path), read.node.scalar?.string != "" else {
                throw SuiteError("the file is empty", at: whole, remedy: "list kernels under 'cases:'")
            }
            return read
        } catch let error as SuiteError {
            throw error
        } catch let error as YamlError {
            throw syntaxError(error, in: text, path: path)
        } catch {
            throw SuiteError("not YAML: \(error)", at: whole, remedy: "fix the syntax")
        }
    }

    static func tooLarge(_ path: String) -> SuiteError {
        SuiteError(
            "the file is larger than \(largest >> 20) MiB", at: Place(file: path),
            remedy: "split it and use 'include:'")
    }

    private static func syntaxError(_ error: YamlError, in text: String, path: String) -> SuiteError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let place = Place(file: path, line: mark.line, column: mark.column)
            let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            let line = lines.indices.contains(mark.line - 1) ? lines[mark.line - 1] : ""
            // Tabs are allowed elsewhere.
            if line.prefix(while: \.isWhitespace).contains("\t") {
                return SuiteError(
                    "not YAML: a line cannot be indented with a tab", at: place, remedy: "write spaces instead")
            }
            return SuiteError("not YAML: \(problem)", at: place, remedy: "fix the syntax")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.sorted().map { "'\($0)'" }.joined(separator: ", ")
            return SuiteError(
                "\(keys) appears twice in this mapping",
                at: Place(file: path, line: context.mark.line, column: context.mark.column), remedy: "keep one")
        case .reader(let problem, let offset, let value, let text):
            // The parser gives a byte offset; people need a line.
            let before = text.utf8.prefix(offset ?? 0)
            let line = before.count { $0 == UInt8(ascii: "\n") } + 1
            let column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count + 1
            return SuiteError(
                "not YAML: \(problem): character \(value)", at: Place(file: path, line: line, column: column),
                remedy: "remove it")
        default:
            return SuiteError("not YAML: \(error)", at: Place(file: path), remedy: "fix the syntax")
        }
    }

    private static func word(_ field: Field) throws(SuiteError) -> Suite.Placed<String> {
        Suite.Placed(content: try field.text(), place: field.place)
    }

    private static func words(_ field: Field) throws(SuiteError) -> [Suite.Placed<String>] {
        try field.oneOrMore().map(word)
    }

    private static func threads(_ field: Field) throws(SuiteError) -> [Suite.Placed<Int>] {
        try field.oneOrMore().map { (item) throws(SuiteError) in
            Suite.Placed(content: try item.count(upTo: Setting.mostThreads), place: item.place)
        }
    }

    private static func elements(_ field: Field) throws(SuiteError) -> [Suite.Placed<ElementType>] {
        try field.oneOrMore().map { (item) throws(SuiteError) in
            let word = try item.text()
            guard let element = ElementType(rawValue: word) else {
                let error = SettingError.element(word)
                throw item.error(error.message, remedy: error.remedy)
            }
            return Suite.Placed(content: element, place: item.place)
        }
    }

    private static func defaults(_ field: Field) throws(SuiteError) -> Suite.Defaults {
        let fields = try field.fields([
            "threads", "elements", "implementations", "precision", "time_limit", "samples",
        ])
        var defaults = Suite.Defaults()
        defaults.threads = try fields["threads"].map(threads)
        defaults.elements = try fields["elements"].map(elements)
        defaults.implementations = try fields["implementations"].map(words)
        if let field = fields["precision"] {
            guard let share = Quantity.share(try field.text()) else {
                throw field.error("'precision' is '\(try field.text())'", remedy: "write a share such as 2% or 0.02")
            }
            defaults.sampling.precision = share
        }
        if let field = fields["time_limit"] {
            guard let seconds = Quantity.seconds(try field.text()) else {
                throw field.error("'time_limit' is '\(try field.text())'", remedy: "write a time such as 500ms or 3s")
            }
            defaults.sampling.timeLimit = seconds
        }
        defaults.sampling.samples = try fields["samples"]?.count()
        return defaults
    }

    private static func entry(_ field: Field) throws(SuiteError) -> Suite.Entry {
        let fields = try field.fields([
            "kernel", "model", "label", "with", "sweep", "elements", "implementations", "threads",
        ])
        let kinds = ["kernel", "model"].filter { fields[$0] != nil }
        guard kinds.count == 1, let kind = kinds.first, let name = fields[kind] else {
            throw field.error(
                kinds.isEmpty ? "a case names no kernel" : "a case names both a kernel and a model",
                remedy: "write 'kernel: NAME' or 'model: NAME'")
        }
        return Suite.Entry(
            kind: kind, name: try word(name), label: try fields["label"].map(word),
            with: try fields["with"]?.entries().map { (pair) throws(SuiteError) in
                (try word(pair.key), try word(pair.value))
            } ?? [],
            sweep: try fields["sweep"]?.entries().map { (pair) throws(SuiteError) in
                (try word(pair.key), try pair.value.list().map(word))
            } ?? [],
            elements: try fields["elements"].map(elements), implementations: try fields["implementations"].map(words),
            threads: try fields["threads"].map(threads), place: field.place)
    }

    private static func plot(_ field: Field) throws(SuiteError) -> Suite.Placed<PlotRequest> {
        let fields = try field.fields(["kind", "x", "y", "series", "title", "filter", "exclude"])
        guard let kind = fields["kind"] else {
            throw field.error("a plot has no kind", remedy: "write for example 'kind: bars'")
        }
        let request = PlotRequest(
            kind: try kind.text(), x: try fields["x"]?.text(), y: try fields["y"]?.text(),
            series: try fields["series"]?.text(), title: try fields["title"]?.text(),
            filters: try fields["filter"].map(words)?.map(\.content) ?? [],
            exclude: try fields["exclude"].map(words)?.map(\.content) ?? [])
        return Suite.Placed(content: request, place: field.place)
    }
}

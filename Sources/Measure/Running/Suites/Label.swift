import Workloads

/// The template of a label, with parameters in braces: `grouped g{groups} {in}@{size}`.
enum Label {
    /// Replaces each name in braces with that parameter, by word or key. Throws if a name is unknown.
    static func expand(_ template: String, with parameters: [String: String]) throws(ShapeError) -> String {
        var (result, rest) = ("", template[...])
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else { break }
            let word = String(rest[rest.index(after: open)..<close])
            guard let value = parameters[word] else {
                throw ShapeError(
                    "the label '\(template)' contains '{\(word)}', which is not a parameter here",
                    remedy: Spelling.suggestion(for: word, among: parameters.keys.sorted()))
            }
            result += rest[..<open] + value
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}

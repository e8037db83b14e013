import Settings
import Workloads

/// The canonical name of a case as text: `conv2d[n=1,ci=64,...]/native/f32/t1`.
///
/// A name typed by a user may omit parameters with defaults, the brackets, and parts at the end.
package struct CaseName: Hashable, Sendable {
    /// The name of the kernel or model.
    package let workload: String
    package let given: [Schema.Given]
    package let setting: Setting.Given

    /// Parses a name. Throws if it is malformed.
    package init(parsing text: String) throws(ShapeError) {
        var scanner = Scanner(text)
        workload = scanner.take { $0 != "[" && $0 != "/" }
        guard !workload.isEmpty else {
            throw ShapeError("'\(text)' names no kernel", remedy: "write a name such as matmul[m=64,k=64,n=64]")
        }
        given = scanner.skip("[") ? try scanner.arguments(of: text) : []
        var parts: [String] = []
        while scanner.skip("/") { parts.append(scanner.take { $0 != "/" }) }
        do throws(SettingError) {
            guard scanner.rest.isEmpty else { throw .form }
            setting = try Setting.Given(parsing: parts)
        } catch {
            throw ShapeError(
                error == .form ? "'\(text)' is not the name of a case" : error.message, remedy: error.remedy)
        }
    }

    /// Scans the text once.
    private struct Scanner {
        var rest: Substring
        init(_ text: String) { rest = text[...] }

        mutating func take(while accept: (Character) -> Bool) -> String {
            let taken = rest.prefix(while: accept)
            rest = rest.dropFirst(taken.count)
            return String(taken)
        }

        mutating func skip(_ character: Character) -> Bool {
            guard rest.first == character else { return false }
            rest.removeFirst()
            return true
        }

        /// Parses `key=value,...]`; values that contain a comma or a bracket are quoted.
        mutating func arguments(of text: String) throws(ShapeError) -> [Schema.Given] {
            var given: [Schema.Given] = []
            while !skip("]") {
                let key = take { $0 != "=" && $0 != "]" && $0 != "," }
                guard skip("="), !key.isEmpty, let value = value() else {
                    throw ShapeError(
                        "'\(text)' ends in the middle of its parameters", remedy: "write [KEY=VALUE,KEY=VALUE]")
                }
                given.append(Schema.Given(key, value))
                guard skip(",") || rest.first == "]" else {
                    throw ShapeError(
                        "'\(text)' ends in the middle of its parameters", remedy: "close the bracket with ']'")
                }
            }
            return given
        }

        private mutating func value() -> String? {
            guard skip("\"") else {
                let plain = take { $0 != "," && $0 != "]" }
                return plain.isEmpty ? nil : plain
            }
            var value = ""
            while let character = rest.popFirst() {
                if character == "\"" { return value }
                if character == "\\" {
                    guard let escaped = rest.popFirst() else { return nil }
                    value.append(escaped)
                } else {
                    value.append(character)
                }
            }
            return nil
        }
    }
}

import Settings
import Workloads

extension Catalog {
    /// The words in the name of a case that this program does not know: its kernel or model, its parameters, its
    /// implementation. Empty if all are known, and where the text is no name.
    package func unknownWords(in text: String) -> [String] {
        guard let name = try? CaseName(parsing: text) else { return [] }
        guard let kind = try? find(name.workload).kind else { return [name.workload] }
        let schema = kind.schema
        let parameters = name.given.map(\.word).filter {
            schema.parameter($0) == nil && !schema.words.contains($0)
        }
        let known = Self.implementationNames(of: kind)
        return parameters + [name.setting.implementation].compactMap { $0 }.filter { !known.contains($0) }
    }
}

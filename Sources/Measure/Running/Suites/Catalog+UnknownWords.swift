import Settings
import Workloads

extension Catalog {
    /// The words in a case name that this program does not know: its kernel or model, parameters or implementation.
    /// Empty if all are known, or if the text is not a case name.
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

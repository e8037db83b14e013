import Foundation
import Platform
import Results
import Settings
import Tensors
import Workloads

/// Weights, and the initial states of runs, from files instead of random draws: a folder as written by `assay dump`,
/// with NumPy files listed in `tensors.json`. Other tensors in it are ignored.
package struct WeightFolder: Sendable, Hashable {
    package let path: String
    /// A fingerprint that identifies the weights of the workloads it was checked for.
    package private(set) var mark = ""
    /// The paths of the files by tensor name.
    private let files: [String: String]

    /// The fields of a list entry that are needed.
    private struct Entry: Decodable {
        let file: String
        let name: String
        let role: String
        let implementation: String?
    }

    private static let list = "tensors.json"
    /// The most bytes of a list.
    private static let longestList = 64 << 20

    /// Throws if the folder lacks a weight of the workloads or has it in another form, or if there are no weights.
    package init(_ path: String, for workloads: [any Workload]) throws(SuiteError) {
        try self.init(path)
        var marks: [String: String] = [:]
        for workload in workloads {
            for operand in Self.operands(of: workload) {
                let bytes = try elements(of: operand, for: workload)
                if marks[operand.name] == nil { marks[operand.name] = Fingerprint.text(bytes) }
            }
        }
        guard !marks.isEmpty else {
            throw SuiteError(
                "none of the selected cases has weights", at: Place(file: "--weights"),
                remedy: "leave it out, or choose a model (`assay list models`)")
        }
        mark = Fingerprint.text(marks.sorted { $0.key < $1.key }.flatMap { "\($0.key) \($0.value)\n".utf8 })
    }

    /// Reads the list. Throws if it is missing or cannot be read.
    init(_ path: String) throws(SuiteError) {
        self.path = path
        let list = "\(path)/\(Self.list)"
        do {
            let entries = try JSONDecoder().decode([Entry].self, from: contents(of: list, atMost: Self.longestList))
            let given = entries.filter { $0.implementation == nil && Self.roles.contains($0.role) }
            files = Dictionary(given.map { ($0.name, "\(path)/\($0.file)") }) { first, _ in first }
        } catch {
            let reason = (error as? FileError)?.message ?? "it is not a list of tensors"
            throw SuiteError(
                reason, at: Place(file: list), remedy: "give --weights a folder that 'assay dump' wrote")
        }
    }

    private static let roles = [Operand.Role.weight, .state].map(\.rawValue)

    /// The tensors of a workload that are read from the folder.
    private static func operands(of workload: any Workload) -> [Operand] {
        workload.operands.filter { roles.contains($0.role.rawValue) }
    }

    /// Fills the weights and states of a workload.
    func load(into tensors: Operands, of workload: any Workload) throws(SuiteError) {
        for operand in Self.operands(of: workload) {
            let bytes = try elements(of: operand, for: workload)
            NPYFile.copy(bytes, into: tensors[operand.name])
        }
    }

    /// The bytes of a tensor's elements. Throws if the folder lacks the tensor or has it in another form.
    private func elements(of operand: Operand, for workload: any Workload) throws(SuiteError) -> Data {
        let again = "write the folder again with 'assay dump' and change only the numbers"
        guard let file = files[operand.name] else {
            throw SuiteError(
                "there is no weight '\(operand.name)', which \(workload.schema.name) has",
                at: Place(file: "\(path)/\(Self.list)"), remedy: again)
        }
        do throws(NPYFile.Fault) {
            return try NPYFile.elements(of: file, as: operand)
        } catch {
            throw SuiteError(
                "weight '\(operand.name)': \(error.message)", at: Place(file: file), remedy: error.remedy ?? again)
        }
    }
}

import Foundation
import Platform
import Results
import Settings
import Tensors
import Workloads

/// Weights from files instead of draws, and states as runs begin with them: a folder as `assay dump` writes it, NumPy's files
/// listed in `tensors.json`. Other tensors in it are passed over.
package struct WeightFolder: Sendable, Hashable {
    package let path: String
    /// Of the weights of the workloads it was checked for: tells them from others.
    package private(set) var mark = ""
    /// The files by the tensors' names.
    private let files: [String: String]

    /// What is needed of an entry of the list.
    private struct Entry: Decodable {
        let file: String
        let name: String
        let role: String
        let implementation: String?
    }

    private static let list = "tensors.json"
    /// More is no list of tensors.
    private static let longestList = 64 << 20

    /// Throws unless the folder has each weight of the workloads as they need it; and where they have none.
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
                "nothing that was chosen has weights", at: Place(file: "--weights"),
                remedy: "leave it out, or choose a model (`assay list models`)")
        }
        mark = Fingerprint.text(marks.sorted { $0.key < $1.key }.flatMap { "\($0.key) \($0.value)\n".utf8 })
    }

    /// Reads the list. Throws where there is none that can be read.
    init(_ path: String) throws(SuiteError) {
        self.path = path
        let list = "\(path)/\(Self.list)"
        do {
            let entries = try JSONDecoder().decode([Entry].self, from: contents(of: list, atMost: Self.longestList))
            let given = entries.filter { $0.implementation == nil && Self.roles.contains($0.role) }
            files = Dictionary(given.map { ($0.name, "\(path)/\($0.file)") }) { first, _ in first }
        } catch {
            let reason = (error as? FileError)?.message ?? "it is no list of tensors"
            throw SuiteError(
                reason, at: Place(file: list), remedy: "give --weights a folder that 'assay dump' wrote")
        }
    }

    private static let roles = [Operand.Role.weight, .state].map(\.rawValue)

    /// The tensors of a workload that come from the folder.
    private static func operands(of workload: any Workload) -> [Operand] {
        workload.operands.filter { roles.contains($0.role.rawValue) }
    }

    /// Fills the weights of a workload, and its states.
    func load(into tensors: Operands, of workload: any Workload) throws(SuiteError) {
        for operand in Self.operands(of: workload) {
            let bytes = try elements(of: operand, for: workload)
            NPYFile.copy(bytes, into: tensors[operand.name])
        }
    }

    /// The bytes of a tensor's elements. Throws where the folder does not have it, or another.
    private func elements(of operand: Operand, for workload: any Workload) throws(SuiteError) -> Data {
        let again = "write the folder anew with 'assay dump' and change the numbers alone"
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

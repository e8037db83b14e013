import Foundation
import Suites
import Tensors
import Workloads

/// Writes the tensors of a case as files that NumPy loads: inputs, weights, and each implementation's outputs.
package struct Dump {
    /// A line of `tensors.json`.
    struct Entry: Codable, Equatable {
        let file: String
        let name: String
        let role: String
        /// Nil for inputs and weights.
        let implementation: String?
        let layout: String
        let shape: [Int]
    }

    let cases: [Case]

    /// The cases are implementations of one workload.
    package init(_ cases: [Case]) { self.cases = cases }

    /// Writes the folder, which must not be there yet, as a whole or not at all. Returns the names of its files.
    package func write(to folder: String) throws -> [String] {
        guard let first = cases.first else { throw RunError("nothing to dump", remedy: "name a case") }
        let files = FileManager.default
        if let content = try? files.contentsOfDirectory(atPath: folder), !content.isEmpty {
            throw RunError("'\(folder)' is not empty", remedy: "name a new folder with --to")
        }
        let partial = folder + ".partial"
        try? files.removeItem(atPath: partial)
        defer { try? files.removeItem(atPath: partial) }
        do {
            try files.createDirectory(atPath: partial, withIntermediateDirectories: true)
            let entries = try writeTensors(of: first.workload, to: partial)
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            try encoder.encode(entries).write(to: URL(fileURLWithPath: "\(partial)/tensors.json"))
            try? files.removeItem(atPath: folder)
            try files.moveItem(atPath: partial, toPath: folder)
            return entries.map(\.file) + ["tensors.json"]
        } catch let error as CocoaError {
            throw RunError(
                "'\(folder)' cannot be written: \(error.localizedDescription)",
                remedy: "see the disk and the permissions")
        }
    }

    private func writeTensors(of workload: any Workload, to folder: String) throws -> [Entry] {
        let operands = try Operands(allocating: workload.operands)
        try workload.fill(operands, seed: ProcessExecutor.seed)
        var entries: [Entry] = []
        func write(_ operand: Operand, _ tensor: Tensor, implementation: String?) throws {
            let file = [operand.name, implementation].compactMap { $0 }.joined(separator: ".") + ".npy"
            try Data(NPY.encode(tensor)).write(to: URL(fileURLWithPath: "\(folder)/\(file)"))
            entries.append(
                Entry(
                    file: file, name: operand.name, role: operand.role.rawValue, implementation: implementation,
                    layout: operand.layout, shape: operand.shape.extents))
        }
        for operand in workload.operands where operand.role != .output {
            try write(operand, operands[operand.name], implementation: nil)
        }
        for item in cases where item.unsupported == nil {
            let own = try operands.withFreshOutputs(of: workload.operands)
            try item.implementation.prepare(own, item.threads).run()
            for operand in workload.operands where operand.role == .output {
                try write(operand, own[operand.name], implementation: item.implementation.name)
            }
        }
        return entries
    }
}

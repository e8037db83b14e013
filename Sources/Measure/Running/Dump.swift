import Foundation
import Measurement
import Platform
import Results
import Settings
import Tensors
import Workloads

/// Writes the tensors of a case as NumPy files: inputs, weights, and each implementation's outputs.
package struct Dump {
    /// One entry of `tensors.json`.
    struct Entry: Codable, Equatable {
        let file: String
        let name: String
        let role: String
        /// Nil for inputs and weights.
        let implementation: String?
        let element: ElementType
        let layout: String
        let shape: [Int]

        /// Like the synthesized method, but writes a missing implementation as `null`: every entry has every key.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(file, forKey: .file)
            try container.encode(name, forKey: .name)
            try container.encode(role, forKey: .role)
            try container.encode(implementation, forKey: .implementation)
            try container.encode(element, forKey: .element)
            try container.encode(layout, forKey: .layout)
            try container.encode(shape, forKey: .shape)
        }
    }

    /// Prefix of the names of folders for unfinished files.
    private static let aside = ".assay-dump-"

    let cases: [Case]
    let interrupted: @Sendable () -> Bool
    /// Bytes that may be used now; nil if the system does not say.
    let available: Int?
    /// Weights from files; nil to draw them.
    let weights: WeightFolder?

    /// All cases must be implementations of one workload.
    package init(
        _ cases: [Case], weights: WeightFolder? = nil, available: Int? = MemoryBudget.available(SystemFiles()),
        interrupted: @escaping @Sendable () -> Bool = { false }
    ) {
        self.cases = cases
        self.weights = weights
        self.interrupted = interrupted
        self.available = available
    }

    /// Fills the folder, which must be missing or empty, completely or not at all. Returns the names of its files.
    /// Throws `Interrupted` if the user wants to stop.
    package func write(to folder: String) throws -> [String] {
        guard let first = cases.first else { throw RunError("nothing to dump", remedy: "name a case") }
        let files = FileManager.default
        WorkFolder.removeAbandoned(in: folder, prefix: Self.aside)
        if let content = try? files.contentsOfDirectory(atPath: folder), !content.isEmpty {
            throw RunError("'\(folder)' is not empty", remedy: "name a new folder with --to")
        }
        if let shortage = cases.lazy.compactMap({ $0.shortage(available: available) }).first {
            throw RunError(shortage, remedy: "make the shape smaller, or free some memory")
        }
        let isNew = !files.fileExists(atPath: folder)
        // Work inside the folder, so that nothing next to it is touched; it may be the current folder.
        do {
            try createFolder(folder)
            let aside = try WorkFolder(in: folder, prefix: Self.aside)
            let entries = try writeTensors(of: first.workload, to: aside.path)
            try Data(JSONText.of(entries).utf8).write(to: URL(fileURLWithPath: "\(aside.path)/tensors.json"))
            let names = entries.map(\.file) + ["tensors.json"]
            for name in names { try files.moveItem(atPath: "\(aside.path)/\(name)", toPath: "\(folder)/\(name)") }
            return names
        } catch {
            if isNew { try? files.removeItem(atPath: folder) }
            guard error is CocoaError || error is WorkFolder.Failure else { throw error }
            throw RunError(
                "'\(folder)' cannot be written: \(systemWords(error))", remedy: "check the disk and the permissions")
        }
    }

    private func writeTensors(of workload: any Workload, to folder: String) throws -> [Entry] {
        let operands = try Operands(allocating: workload.operands)
        try workload.fill(operands, seed: ProcessExecutor.seed)
        try weights?.load(into: operands, of: workload)
        var entries: [Entry] = []
        func write(_ operand: Operand, _ tensor: Tensor, implementation: String?) throws {
            if interrupted() { throw Interrupted() }
            let file = [operand.name, implementation].compactMap { $0 }.joined(separator: ".") + ".npy"
            try Data(NPY.encode(tensor)).write(to: URL(fileURLWithPath: "\(folder)/\(file)"))
            entries.append(
                Entry(
                    file: file, name: operand.name, role: operand.role.rawValue, implementation: implementation,
                    element: operand.element, layout: operand.layout, shape: operand.shape.extents))
        }
        for operand in workload.operands where operand.role != .output {
            try write(operand, operands[operand.name], implementation: nil)
        }
        for item in cases where item.unsupported == nil {
            let own = try operands.withFreshOutputs(of: workload.operands)
            try item.implementation.prepare(own, item.setting).run()
            for operand in workload.operands where operand.role.isWritten {
                try write(operand, own[operand.name], implementation: item.implementation.name)
            }
        }
        return entries
    }
}
